using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using FanOut.Engine.Mappings;

namespace FanOut.Deployment;

/// <summary>A table of mappings that is yet to be created: billed per request and protected against deletion. Time to live and point-in-time recovery are turned on as soon as it is there.</summary>
internal static class NewTable
{
    /// <summary>The time-to-live attribute: when a row is deleted, in seconds since 1970.</summary>
    public const string ExpiryAttribute = "expires";

    /// <summary>The call that creates it.</summary>
    /// <param name="name">The table's name.</param>
    /// <param name="settings">The function that reads it, and the user's tags.</param>
    public static CreateTableRequest Of(string name, PublishSettings settings) => new()
    {
        TableName = name,
        AttributeDefinitions =
        [
            new AttributeDefinition(MappingAttributes.SourceArn, ScalarAttributeType.S), new AttributeDefinition(MappingAttributes.Id, ScalarAttributeType.S),
        ],
        KeySchema = [new KeySchemaElement(MappingAttributes.SourceArn, KeyType.HASH), new KeySchemaElement(MappingAttributes.Id, KeyType.RANGE)],
        BillingMode = BillingMode.PAY_PER_REQUEST,
        DeletionProtectionEnabled = true,
        Tags = TagsOf(DeploymentTags.Of(settings.Name, settings.Tags)),
    };

    /// <summary>Tags in DynamoDB's form.</summary>
    public static List<Tag> TagsOf(Dictionary<string, string> tags) => [.. tags.Select(static t => new Tag { Key = t.Key, Value = t.Value })];
}
