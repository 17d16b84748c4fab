using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
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
        await FindAsync(sourceArn, id, cancellationToken).ConfigureAwait(false) ?? throw await NotFoundAsync(sourceArn, id, cancellationToken).ConfigureAwait(false);

    /// <summary>One row; null if it is not there.</summary>
    public async Task<TargetRow?> FindAsync(string sourceArn, string id, CancellationToken cancellationToken)
    {
        GetItemResponse response = await CallAsync(() => Client.GetItemAsync(
            new GetItemRequest { TableName = table, Key = Key(sourceArn, id), ConsistentRead = true }, cancellationToken)).ConfigureAwait(false);
        return response.Item is { Count: > 0 } item ? Row(item) : null;
    }

    /// <summary>Writes a mapping, unless the row is not as it was read any more.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="replaced">The row that it replaces, as it was read; null: there was none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The row; null: somebody else wrote it since it was read, and nothing was changed.</returns>
    public async Task<TargetRow?> TryPutAsync(Mapping mapping, TargetRow? replaced, CancellationToken cancellationToken)
    {
        Dictionary<string, AttributeValue> item = MappingWriter.Write(mapping);
        UnchangedCondition? condition = replaced is null ? null : new UnchangedCondition(replaced.Item);
        var request = new PutItemRequest
        {
            TableName = table,
            Item = item,
            ConditionExpression = condition?.Expression ?? Absent,
            ExpressionAttributeNames = condition?.Names ?? new() { ["#id"] = MappingAttributes.Id },
            ExpressionAttributeValues = condition?.Values,
        };
        return await IfUnchangedAsync(() => Client.PutItemAsync(request, cancellationToken)).ConfigureAwait(false) is null ? null : Row(item);
    }

    /// <summary>Changes some attributes of a row, unless its settings are not as they were read any more.</summary>
    /// <param name="row">The row as it was read and checked.</param>
    /// <param name="changes">The new values; null removes an attribute.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The row after the change; null: somebody else changed or deleted it since it was read, and nothing was changed.</returns>
    public async Task<TargetRow?> TryUpdateAsync(TargetRow row, IReadOnlyDictionary<string, AttributeValue?> changes, CancellationToken cancellationToken)
    {
        var update = new UpdateText(changes);
        var condition = new UnchangedCondition(row.Item);
        var request = new UpdateItemRequest
        {
            TableName = table,
            Key = Key(row.SourceArn, row.Id),
            UpdateExpression = update.Expression,
            ConditionExpression = condition.Expression,
            ExpressionAttributeNames = new(update.Names.Concat(condition.Names)),
            ExpressionAttributeValues = new(update.Values.Concat(condition.Values)),
            ReturnValues = ReturnValue.ALL_NEW,
        };
        UpdateItemResponse? response = await IfUnchangedAsync(() => Client.UpdateItemAsync(request, cancellationToken)).ConfigureAwait(false);
        return response is null ? null : Row(response.Attributes);
    }

    /// <summary>Writes of several rows in one call.</summary>
    /// <param name="time">The clock of waits.</param>
    public TransactedWrites Transacted(TimeProvider time) => new(session, this, table, time);

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
            throw await NotFoundAsync(sourceArn, id, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The error that a mapping does not exist; it names the one that may have been meant.</summary>
    public async Task<FanOutException> NotFoundAsync(string sourceArn, string id, CancellationToken cancellationToken)
    {
        List<string> known = [];
        try
        {
            await foreach (TargetRow row in ReadAsync(sourceArn, cancellationToken).ConfigureAwait(false))
            {
                known.Add(row.Id);
            }
        }
        catch (AmazonServiceException)
        {
            // Who may not list the targets gets the error without that.
        }

        return FanOutError.TargetNotFound(id, sourceArn, table, session.Region, session.Identity, known);
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

    /// <summary>The key of a row.</summary>
    /// <exception cref="FanOutException">InvalidParameter: DynamoDB cannot keep it.</exception>
    internal static Dictionary<string, AttributeValue> Key(string sourceArn, string id)
    {
        CheckKey.Of(sourceArn, id);
        return new() { [MappingAttributes.SourceArn] = new(sourceArn), [MappingAttributes.Id] = new(id) };
    }

    private TargetRow Row(Dictionary<string, AttributeValue> item) => new(item, session.Region, function, table);

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
        return (Rows(page.Items), page.LastEvaluatedKey);
    }

    private async Task<(List<Dictionary<string, AttributeValue>> Items, Dictionary<string, AttributeValue>? Next)> ScanAsync(
        Dictionary<string, AttributeValue>? from, CancellationToken cancellationToken)
    {
        ScanResponse page = await Client.ScanAsync(
            new ScanRequest { TableName = table, ConsistentRead = true, ExclusiveStartKey = from }, cancellationToken).ConfigureAwait(false);
        return (Rows(page.Items), page.LastEvaluatedKey);
    }

    /// <summary>The rows of a page. A page that does not say which there are is not one without rows: targets that are there would count as absent.</summary>
    private List<Dictionary<string, AttributeValue>> Rows(List<Dictionary<string, AttributeValue>>? items) =>
        items is not null && !items.Contains(null!) ? items : throw new InvalidDataException($"The answer to the reading of table {table} does not say which rows there are, as if it came from something else than DynamoDB.");

    private async Task<T?> IfUnchangedAsync<T>(Func<Task<T>> write)
        where T : class
    {
        try
        {
            return await CallAsync(write).ConfigureAwait(false);
        }
        catch (ConditionalCheckFailedException)
        {
            return null;
        }
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
