using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using FanOut.Credentials;
using FanOut.Engine.Mappings;
using FanOut.Engine.Progress;
using FanOut.Errors;

namespace FanOut.Registry;

/// <summary>The table of mappings. Reads go through all pages; writes are conditional, so that nothing is overwritten or created by mistake.</summary>
/// <param name="session">Who calls, in the table's region.</param>
/// <param name="table">The table's name or ARN.</param>
/// <param name="function">The function's name.</param>
internal sealed class MappingTable(AwsSession session, string table, string function)
{
    // DynamoDB may reserve words in future, so no attribute is named in an expression: placeholders such as #id stand for them.
    private const string Exists = "attribute_exists(#id)";
    private const string Absent = "attribute_not_exists(#id)";

    private IAmazonDynamoDB Client => session.Dynamo;

    /// <summary>The rows of a source, or of all sources; the function's notes on progress, which are in the same table, are left out.</summary>
    /// <param name="sourceArn">The source; null: all.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async IAsyncEnumerable<TargetRow> ReadAsync(string? sourceArn, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Dictionary<string, AttributeValue>? from = null;
        do
        {
            (List<Dictionary<string, AttributeValue>> items, from) = await CallAsync(
                () => sourceArn is null ? ScanAsync(from, cancellationToken) : QueryAsync(sourceArn, from, cancellationToken)).ConfigureAwait(false);
            foreach (Dictionary<string, AttributeValue> item in items)
            {
                if (!MappingReader.IsReserved(item))
                {
                    yield return Row(item);
                }
            }
        }
        while (from is { Count: > 0 });
    }

    /// <summary>Reads one row.</summary>
    /// <exception cref="FanOutException">TargetNotFound.</exception>
    public async Task<TargetRow> GetAsync(string sourceArn, string id, CancellationToken cancellationToken) =>
        await FindAsync(sourceArn, id, cancellationToken).ConfigureAwait(false) ?? throw NotFound(sourceArn, id);

    /// <summary>One row; null if it is not there.</summary>
    public async Task<TargetRow?> FindAsync(string sourceArn, string id, CancellationToken cancellationToken)
    {
        GetItemResponse response = await CallAsync(() => Client.GetItemAsync(
            new GetItemRequest { TableName = table, Key = Key(sourceArn, id), ConsistentRead = true }, cancellationToken)).ConfigureAwait(false);
        return response.Item is { Count: > 0 } item ? Row(item) : null;
    }

    /// <summary>Writes a mapping.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="replace">Whether an existing mapping of that source and id is replaced; else it is an error.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="FanOutException">TargetExists.</exception>
    public async Task<TargetRow> PutAsync(Mapping mapping, bool replace, CancellationToken cancellationToken)
    {
        Dictionary<string, AttributeValue> item = MappingWriter.Write(mapping);
        var request = new PutItemRequest { TableName = table, Item = item };
        if (!replace)
        {
            request.ConditionExpression = Absent;
            request.ExpressionAttributeNames = new() { ["#id"] = MappingAttributes.Id };
        }

        try
        {
            await CallAsync(() => Client.PutItemAsync(request, cancellationToken)).ConfigureAwait(false);
        }
        catch (ConditionalCheckFailedException)
        {
            throw FanOutError.TargetExists(mapping.Id, mapping.SourceArn, table);
        }

        return Row(item);
    }

    /// <summary>Changes some attributes of an existing mapping.</summary>
    /// <param name="sourceArn">The source.</param>
    /// <param name="id">The mapping's id.</param>
    /// <param name="changes">The new values; null removes an attribute.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The row after the change.</returns>
    /// <exception cref="FanOutException">TargetNotFound.</exception>
    public async Task<TargetRow> UpdateAsync(
        string sourceArn, string id, IReadOnlyDictionary<string, AttributeValue?> changes, CancellationToken cancellationToken)
    {
        var update = new UpdateText(changes);
        var request = new UpdateItemRequest
        {
            TableName = table,
            Key = Key(sourceArn, id),
            UpdateExpression = update.Expression,
            ConditionExpression = Exists,
            ExpressionAttributeNames = new(update.Names) { ["#id"] = MappingAttributes.Id },
            ExpressionAttributeValues = update.Values.Count > 0 ? update.Values : null,
            ReturnValues = ReturnValue.ALL_NEW,
        };
        try
        {
            return Row((await CallAsync(() => Client.UpdateItemAsync(request, cancellationToken)).ConfigureAwait(false)).Attributes);
        }
        catch (ConditionalCheckFailedException)
        {
            throw NotFound(sourceArn, id);
        }
    }

    /// <summary>Deletes an existing mapping.</summary>
    /// <returns>The row that was deleted.</returns>
    /// <exception cref="FanOutException">TargetNotFound.</exception>
    public async Task<TargetRow> DeleteAsync(string sourceArn, string id, CancellationToken cancellationToken)
    {
        var request = new DeleteItemRequest
        {
            TableName = table,
            Key = Key(sourceArn, id),
            ConditionExpression = Exists,
            ExpressionAttributeNames = new() { ["#id"] = MappingAttributes.Id },
            ReturnValues = ReturnValue.ALL_OLD,
        };
        try
        {
            return Row((await CallAsync(() => Client.DeleteItemAsync(request, cancellationToken)).ConfigureAwait(false)).Attributes);
        }
        catch (ConditionalCheckFailedException)
        {
            throw NotFound(sourceArn, id);
        }
    }

    /// <summary>Deletes the function's notes on what the targets of a source have, so that they get all that comes from now on.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> DeleteProgressAsync(string sourceArn, CancellationToken cancellationToken)
    {
        int count = 0;
        Dictionary<string, AttributeValue>? from = null;
        do
        {
            (List<Dictionary<string, AttributeValue>> notes, from) = await CallAsync(
                () => QueryAsync(ProgressTable.KeyPrefix + sourceArn, from, cancellationToken)).ConfigureAwait(false);
            foreach (Dictionary<string, AttributeValue> note in notes)
            {
                var request = new DeleteItemRequest { TableName = table, Key = Key(note[MappingAttributes.SourceArn].S, note[MappingAttributes.Id].S) };
                await CallAsync(() => Client.DeleteItemAsync(request, cancellationToken)).ConfigureAwait(false);
                count++;
            }
        }
        while (from is { Count: > 0 });

        return count;
    }

    private static Dictionary<string, AttributeValue> Key(string sourceArn, string id) =>
        new() { [MappingAttributes.SourceArn] = new(sourceArn), [MappingAttributes.Id] = new(id) };

    private TargetRow Row(Dictionary<string, AttributeValue> item) => new(item, session.Region, function, table);

    private FanOutException NotFound(string sourceArn, string id) => FanOutError.TargetNotFound(id, sourceArn, table, session.Region, session.Identity);

    private async Task<(List<Dictionary<string, AttributeValue>> Items, Dictionary<string, AttributeValue>? Next)> QueryAsync(
        string sourceArn, Dictionary<string, AttributeValue>? from, CancellationToken cancellationToken)
    {
        QueryResponse page = await Client.QueryAsync(
            new QueryRequest
            {
                TableName = table,
                KeyConditionExpression = "#source = :source",
                ExpressionAttributeNames = new() { ["#source"] = MappingAttributes.SourceArn },
                ExpressionAttributeValues = new() { [":source"] = new AttributeValue(sourceArn) },
                ConsistentRead = true,
                ExclusiveStartKey = from,
            },
            cancellationToken).ConfigureAwait(false);
        return (page.Items ?? [], page.LastEvaluatedKey);
    }

    private async Task<(List<Dictionary<string, AttributeValue>> Items, Dictionary<string, AttributeValue>? Next)> ScanAsync(
        Dictionary<string, AttributeValue>? from, CancellationToken cancellationToken)
    {
        ScanResponse page = await Client.ScanAsync(
            new ScanRequest { TableName = table, ConsistentRead = true, ExclusiveStartKey = from }, cancellationToken).ConfigureAwait(false);
        return (page.Items ?? [], page.LastEvaluatedKey);
    }

    private async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (ResourceNotFoundException e)
        {
            throw FanOutError.TableNotFound(table, session.Region, session.Identity, e);
        }
    }
}
