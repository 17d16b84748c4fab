using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using static FanOut.Deployment.Templates.TemplateJson;

namespace FanOut.Deployment.Templates;

/// <summary>The table of mappings. It outlives the stack: its rows are no part of that.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-dynamodb-table.html</remarks>
internal static class TableResource
{
    /// <summary>The resource.</summary>
    public static TemplateResource Of(CreateTableRequest table) => new(LogicalId.Table, "AWS::DynamoDB::Table", Object(
        ("TableName", table.TableName),
        ("AttributeDefinitions", new JsonArray([.. table.AttributeDefinitions.Select(static a => Object(("AttributeName", a.AttributeName), ("AttributeType", a.AttributeType.Value)))])),
        ("KeySchema", new JsonArray([.. table.KeySchema.Select(static k => Object(("AttributeName", k.AttributeName), ("KeyType", k.KeyType.Value)))])),
        ("BillingMode", table.BillingMode.Value),
        ("DeletionProtectionEnabled", table.DeletionProtectionEnabled),
        ("TimeToLiveSpecification", Object(("AttributeName", NewTable.ExpiryAttribute), ("Enabled", true))),
        ("PointInTimeRecoverySpecification", Object(("PointInTimeRecoveryEnabled", true))),
        ("Tags", Tags(table.Tags.ToDictionary(static t => t.Key, static t => t.Value)))))
    {
        DeletionPolicy = "Retain",
        UpdateReplacePolicy = "Retain",
    };
}
