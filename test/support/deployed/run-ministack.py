# MiniStack, with the update of an AWS::DynamoDB::GlobalTable as CloudFormation has it: in place, with its items, where its indexes change
# (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-globaltable.html).
# 1.5.33 makes up the table's name from its physical id there, finds that it is another, and puts an empty table in its place.
from ministack.app import main
from ministack.services.cloudformation import provisioners

OF_GLOBAL_TABLES_ONLY = (
    "Replicas",
    "MultiRegionConsistency",
    "GlobalTableWitnesses",
    "GlobalTableSourceArn",
    "WarmThroughput",
    "WriteOnDemandThroughputSettings",
    "ReadOnDemandThroughputSettings",
)


def update_in_place(physical_id, old, new, stack, logical_id):
    table = {name: value for name, value in new.items() if name not in OF_GLOBAL_TABLES_ONLY}
    return provisioners._ddb_update(physical_id, old, table, stack, logical_id)


provisioners._RESOURCE_HANDLERS["AWS::DynamoDB::GlobalTable"].update(
    update=update_in_place, update_with_logical_id=True
)

if __name__ == "__main__":
    main()
