// An application as small as one can be: a function behind a route, and the table that it counts in.
import { Duration, Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { ApplicationModule } from '../../../../lib/spine/application-folder.ts';

export default {
  functionEntries: { greet: 'test/local/application/greeter/greet.ts' },
  addStacks(app, code) {
    const stack = new Stack(app, 'greeter');
    const table = new TableV2(stack, 'greetings', { partitionKey: { name: 'name', type: AttributeType.STRING } });
    const greet = new LambdaFunction(stack, 'greet', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: code('greet'),
      timeout: Duration.seconds(10),
      environment: {
        GREETINGS: table.tableName,
        GREETING: app.node.tryGetContext('greeting') ?? 'Hello',
        POWERTOOLS_SERVICE_NAME: 'greet',
      },
    });
    table.grantReadWriteData(greet);
    new HttpApi(stack, 'api').addRoutes({
      path: '/greetings/{name}',
      methods: [HttpMethod.POST],
      integration: new HttpLambdaIntegration('greet', greet),
    });
  },
} satisfies ApplicationModule;
