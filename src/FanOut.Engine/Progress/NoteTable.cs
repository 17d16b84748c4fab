using System.Collections.Frozen;
using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using FanOut.Engine.Mappings;

namespace FanOut.Engine.Progress;

/// <summary>Notes as items of the table of mappings.</summary>
/// <param name="client">The client for the table's region.</param>
/// <param name="tableName">The table's name or ARN.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Marks each writing.</param>
internal sealed class NoteTable(IAmazonDynamoDB client, string tableName, TimeProvider time, Random random)
{
    // Pages have 1 MB. What is not read by then may be sent again.
    private const int MostPages = 4;

    // Others change a note while this one does: an invocation that Lambda has given up but that still runs.
    private const int MostChanges = 5;

    /// <summary>Reads the notes that may be about a batch, or end soon and stand behind it.</summary>
    /// <param name="keys">Where they stand.</param>
    /// <param name="soon">When a note ends that is to be read whatever it is about.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The notes, and whether these are all.</returns>
    public async Task<(List<Note> Notes, bool AreAll)> ReadAsync(NoteKeys keys, DateTimeOffset soon, CancellationToken cancellationToken)
    {
        QueryRequest request = Between(keys.Hash, keys.From, keys.To);
        if (keys.Last is { } last)
        {
            request.FilterExpression = $"{NoteItem.Lowest} <= :last OR {NoteItem.Expires} < :soon";
            request.ExpressionAttributeValues[":last"] = new AttributeValue(last);
            request.ExpressionAttributeValues[":soon"] = new AttributeValue { N = soon.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) };
        }

        var notes = new List<Note>();
        for (int page = 0; page < MostPages; page++)
        {
            QueryResponse response = await client.QueryAsync(request, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
            if (response.Items is not { } items || response.Count != items.Count)
            {
                // Whatever answered so did not say that there is no note.
                throw new InvalidDataException($"The answer names {response.Items?.Count ?? 0} items and counts {response.Count?.ToString(CultureInfo.InvariantCulture) ?? "none"}.");
            }

            notes.AddRange(items.Where(static i => i is not null).Select(i => NoteItem.Read(i, time.GetUtcNow())).Where(static n => n.Records.Length > 0));
            request.ExclusiveStartKey = response.LastEvaluatedKey;
            if (request.ExclusiveStartKey is not { Count: > 0 })
            {
                return (notes, true);
            }
        }

        return (notes, false);
    }

    /// <summary>Puts a note, together with what stands in its place, whoever else changes that meanwhile.</summary>
    /// <param name="keys">Where it stands.</param>
    /// <param name="note">The note.</param>
    /// <param name="known">What was read in its place; null: nothing.</param>
    /// <param name="handled">The records of which only this note knows whether they come again, as far as nobody has written since.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AmazonDynamoDBException">The table did not take it.</exception>
    public async Task PutAsync(NoteKeys keys, Note note, Note? known, IReadOnlySet<ulong> handled, CancellationToken cancellationToken)
    {
        for (int changes = 1; ; changes++)
        {
            try
            {
                await WriteAsync(keys.Hash, known, known is null ? note : note.With(known, handled), cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (ConditionalCheckFailedException) when (changes < MostChanges)
            {
                QueryResponse response = await client.QueryAsync(Between(keys.Hash, note.Key, note.Key), cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
                known = response.Items is [{ } item, ..] ? NoteItem.Read(item, time.GetUtcNow()) : null;
                handled = FrozenSet<ulong>.Empty;
            }
        }
    }

    /// <summary>Replaces a note, or deletes it, unless somebody else has changed it since it was read: that one knows better.</summary>
    /// <param name="keys">Where it stands.</param>
    /// <param name="known">The note as it was read.</param>
    /// <param name="next">The new one; null: none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AmazonDynamoDBException">The table did not take it.</exception>
    public async Task ReplaceAsync(NoteKeys keys, Note known, Note? next, CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(keys.Hash, known, next, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ConditionalCheckFailedException)
        {
        }
    }

    private Task WriteAsync(string hash, Note? known, Note? next, CancellationToken cancellationToken)
    {
        // What stands there without a mark, from another version or by another's hand, cannot be told apart from itself: it may be replaced.
        (string condition, AttributeValue? value) = known switch
        {
            null => ($"attribute_not_exists({MappingAttributes.Id})", null),
            { Version: { } version } => ($"{NoteItem.Version} = :version", new AttributeValue(version)),
            _ => ($"NOT attribute_type({NoteItem.Version}, :version)", new AttributeValue("S")),
        };
        Dictionary<string, AttributeValue>? values = value is null ? null : new() { [":version"] = value };
        return next is not null
            ? client.PutItemAsync(
                new PutItemRequest { TableName = tableName, Item = NoteItem.Write(next, hash, NextVersion()), ConditionExpression = condition, ExpressionAttributeValues = values },
                cancellationToken)
            : client.DeleteItemAsync(
                new DeleteItemRequest
                {
                    TableName = tableName,
                    Key = new() { [MappingAttributes.SourceArn] = new AttributeValue(hash), [MappingAttributes.Id] = new AttributeValue(known!.Key) },
                    ConditionExpression = condition,
                    ExpressionAttributeValues = values,
                },
                cancellationToken);
    }

    private string NextVersion()
    {
        lock (random)
        {
            return random.NextInt64().ToString("x16", CultureInfo.InvariantCulture);
        }
    }

    // Consistent: a note may be milliseconds old.
    private QueryRequest Between(string hash, string from, string to) => new()
    {
        TableName = tableName,
        KeyConditionExpression = $"{MappingAttributes.SourceArn} = :source AND {MappingAttributes.Id} BETWEEN :from AND :to",
        ExpressionAttributeValues = new() { [":source"] = new AttributeValue(hash), [":from"] = new AttributeValue(from), [":to"] = new AttributeValue(to) },
        ConsistentRead = true,
    };
}
