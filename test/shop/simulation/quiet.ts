// The functions' logs stay out of the story. Imported first: the logger reads it when it is made.
process.env['POWERTOOLS_LOG_LEVEL'] ??= 'SILENT';
