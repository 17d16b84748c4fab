using System.Collections.Concurrent;
using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using FanOut.Engine.Mappings;

namespace FanOut.Engine.Progress;

/// <summary>Notes in the table of mappings on which sources a function has had records of, so that its next process can prepare for them before its first batch.</summary>
/// <remarks>
/// <code>
/// sourceArn, id  "#progress:#sources:" function's name, "#" source's ARN
/// expires        when DynamoDB may delete it, seconds since 1970
/// </code>
/// They begin as notes on progress do, which the function may write. Nothing depends on them: one that lacks costs its source the preparation.
/// </remarks>
/// <param name="client">The client for the table's region.</param>
/// <param name="tableName">The table's name or ARN.</param>
/// <param name="function">The function's name.</param>
/// <param name="time">The clock.</param>
public sealed class KnownSources(IAmazonDynamoDB client, string tableName, string function, TimeProvider time)
{
    // Most functions have one source or two; preparing for more would take longer than there is time.
    private const int Most = 8;

    // A source that gives records once in two weeks is still known; one that is disconnected is forgotten.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30), Rest = TimeSpan.FromDays(15);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _noted = new(StringComparer.Ordinal);

    /// <summary>The hash key of the notes.</summary>
    internal string Hash => $"{NoteKeys.HashPrefix}#sources:{function}";

    /// <summary>Reads which sources are known.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Their ARNs, without consumers.</returns>
    public async Task<IReadOnlyList<string>> ReadAsync(CancellationToken cancellationToken)
    {
        var request = new QueryRequest
        {
            TableName = tableName,
            KeyConditionExpression = $"{MappingAttributes.SourceArn} = :source",
            ExpressionAttributeValues = new() { [":source"] = new AttributeValue(Hash) },
            Limit = Most,
        };
        QueryResponse response = await client.QueryAsync(request, cancellationToken).ConfigureAwait(false);
        foreach (Dictionary<string, AttributeValue> item in response.Items ?? [])
        {
            if (item.GetValueOrDefault(MappingAttributes.Id)?.S is [Mapping.ReservedPrefix, .. { Length: > 0 } source]
                && long.TryParse(item.GetValueOrDefault(NoteItem.Expires)?.N, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
                && seconds < DateTimeOffset.MaxValue.ToUnixTimeSeconds()
                && DateTimeOffset.FromUnixTimeSeconds(seconds) is var expires && expires > time.GetUtcNow())
            {
                _noted[source] = expires;
            }
        }

        return [.. _noted.Keys];
    }

    /// <summary>Notes a source that is not known, or that would soon be forgotten.</summary>
    /// <param name="sourceArn">The source's ARN, without a consumer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AmazonDynamoDBException">The table did not take it; it is not tried again.</exception>
    public async Task NoteAsync(string sourceArn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sourceArn);
        DateTimeOffset now = time.GetUtcNow();
        if (_noted.TryGetValue(sourceArn, out DateTimeOffset expires) && expires > now + Rest)
        {
            return;
        }

        _noted[sourceArn] = now + Lifetime;
        var request = new PutItemRequest
        {
            TableName = tableName,
            Item = new()
            {
                [MappingAttributes.SourceArn] = new AttributeValue(Hash),
                [MappingAttributes.Id] = new AttributeValue(Mapping.ReservedPrefix + sourceArn),
                [NoteItem.Expires] = new AttributeValue { N = (now + Lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) },
            },
        };
        await client.PutItemAsync(request, cancellationToken).ConfigureAwait(false);
    }
}
