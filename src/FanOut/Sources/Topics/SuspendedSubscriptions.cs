using Amazon.DynamoDBv2.Model;
using FanOut.Credentials;
using FanOut.Engine.Mappings;

namespace FanOut.Sources.Topics;

/// <summary>
/// What was set of subscriptions that are suspended, such as a filter policy: SNS forgets it with the subscription. It stands in the table of mappings, in rows
/// that are no mappings.
/// </summary>
/// <param name="session">Who calls, in the table's region.</param>
/// <param name="table">The table's name or ARN.</param>
internal sealed class SuspendedSubscriptions(AwsSession session, string table)
{
    private const string Prefix = "#suspended:";
    private const string Attributes = "attributes";

    /// <summary>Remembers what was set.</summary>
    public Task RememberAsync(string topicArn, string functionArn, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        Dictionary<string, AttributeValue> item = Key(topicArn, functionArn);
        item[Attributes] = new AttributeValue { M = settings.ToDictionary(static s => s.Key, static s => new AttributeValue(s.Value)) };
        return session.Dynamo.PutItemAsync(new PutItemRequest { TableName = table, Item = item }, cancellationToken);
    }

    /// <summary>What was set; empty: nothing.</summary>
    public async Task<IReadOnlyDictionary<string, string>> RecallAsync(string topicArn, string functionArn, CancellationToken cancellationToken)
    {
        try
        {
            GetItemResponse found = await session.Dynamo.GetItemAsync(
                new GetItemRequest { TableName = table, Key = Key(topicArn, functionArn), ConsistentRead = true }, cancellationToken).ConfigureAwait(false);
            return found.Item?.GetValueOrDefault(Attributes)?.M is { } settings ? settings.ToDictionary(static s => s.Key, static s => s.Value.S) : [];
        }
        catch (ResourceNotFoundException)
        {
            // There is no table, so nothing was remembered.
            return new Dictionary<string, string>();
        }
    }

    /// <summary>Forgets what was set.</summary>
    public Task ForgetAsync(string topicArn, string functionArn, CancellationToken cancellationToken) =>
        session.Dynamo.DeleteItemAsync(new DeleteItemRequest { TableName = table, Key = Key(topicArn, functionArn) }, cancellationToken);

    private static Dictionary<string, AttributeValue> Key(string topicArn, string functionArn) => new()
    {
        [MappingAttributes.SourceArn] = new AttributeValue(Prefix + topicArn),
        [MappingAttributes.Id] = new AttributeValue($"{Mapping.ReservedPrefix}{functionArn}"),
    };
}
