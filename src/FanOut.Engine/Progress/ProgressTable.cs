using System.Globalization;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;

namespace FanOut.Engine.Progress;

/// <summary>Notes on progress in the table of mappings.</summary>
/// <remarks>
/// <code>
/// sourceArn  "#progress:" and the source's ARN     id  "#" and the sequence number from which on the batch comes again
/// attempt    how often it was noted                expires  when DynamoDB may delete it, seconds since 1970
/// done       [{"mappings":["id#digest of type and destination",…],"runs":binary},…], see DeliveredRuns
/// </code>
/// The batch that comes again begins with the first failed record
/// (https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html), so its first sequence number is the key: no shard
/// id is needed, which DynamoDB's events do not have, and every execution environment finds it.
/// </remarks>
/// <param name="client">The client for the table's region.</param>
/// <param name="tableName">The table's name or ARN.</param>
/// <param name="time">The clock.</param>
/// <param name="youngest">
/// How old a record at least is when it comes again: a batch that begins with a younger one is not looked up, which spares healthy streams the
/// call. What makes it so is that an invocation which has noted progress does not answer before. Zero: every batch is looked up, no answer waits.
/// </param>
public sealed class ProgressTable(IAmazonDynamoDB client, string tableName, TimeProvider time, TimeSpan youngest = default) : IProgressStore
{
    /// <summary>What the hash keys of notes begin with.</summary>
    public const string KeyPrefix = "#progress:";

    // A batch that is blocked for longer than that is noted again with each attempt.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(2);

    // Sending again is better than waiting longer for the note that would spare it.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    // A role of an older FanOut may not read notes: asking with each batch would only cost.
    private static readonly TimeSpan PauseAfterDenial = TimeSpan.FromMinutes(1);

    // What the clocks of the source and of the function may differ by. Both are AWS's, which are kept within milliseconds.
    private static readonly TimeSpan Skew = TimeSpan.FromMilliseconds(500);

    // An item may have 400 KB, and each KB is a write unit.
    private const int MostBytes = 32_768;

    private DateTimeOffset _deniedUntil;

    /// <inheritdoc/>
    public async Task<BatchProgress> ReadAsync(RecordGroup group, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(group);
        if (time.GetUtcNow() < _deniedUntil || AgeOf(group, 0) < youngest)
        {
            return BatchProgress.None;
        }

        using var patience = new CancellationTokenSource(LongestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            // Consistent: the note may be milliseconds old.
            var request = new GetItemRequest { TableName = tableName, Key = KeyOf(group, 0), ConsistentRead = true };
            GetItemResponse response = await client.GetItemAsync(request, either.Token).WaitAsync(either.Token).ConfigureAwait(false);
            return response.Item is { Count: > 0 } item ? Read(item, group) : BatchProgress.None;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return BatchProgress.None with { Problem = Describe("read", "dynamodb:GetItem", e) };
        }
    }

    /// <inheritdoc/>
    public async Task<string?> WriteAsync(RecordGroup group, int first, IReadOnlyList<Outcome> outcomes, BatchProgress before, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(outcomes);
        ArgumentNullException.ThrowIfNull(before);
        List<AttributeValue> done = DoneOf(group, first, outcomes);
        if (done.Count == 0 || time.GetUtcNow() < _deniedUntil)
        {
            return null;
        }

        Dictionary<string, AttributeValue> item = KeyOf(group, first);
        item["attempt"] = Number(before.Attempt + 1);
        item["done"] = new AttributeValue { L = done };
        item["expires"] = Number((time.GetUtcNow() + Lifetime).ToUnixTimeSeconds());
        try
        {
            // An invocation that was given up by Lambda but still runs must not put an older note over a newer one.
            var request = new PutItemRequest
            {
                TableName = tableName,
                Item = item,
                ConditionExpression = "attribute_not_exists(attempt) OR attempt < :attempt",
                ExpressionAttributeValues = new() { [":attempt"] = item["attempt"] },
            };
            await client.PutItemAsync(request, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
            await AgeAsync(group, first, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (ConditionalCheckFailedException)
        {
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return Describe("noted", "dynamodb:PutItem", e);
        }
    }

    /// <summary>Waits until the record is so old that the next invocation looks the note up.</summary>
    private async Task AgeAsync(RecordGroup group, int first, CancellationToken cancellationToken)
    {
        TimeSpan age = AgeOf(group, first), missing = age == TimeSpan.MaxValue ? TimeSpan.Zero : youngest + Skew - age;
        if (missing > TimeSpan.Zero)
        {
            // Without time for it the batch may be sent again: that is no reason not to answer.
            await Task.Delay(missing, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private TimeSpan AgeOf(RecordGroup group, int record) =>
        youngest > TimeSpan.Zero && EventFacts.Of(group.Records[record]).ArrivalTime is { } arrival ? time.GetUtcNow() - arrival : TimeSpan.MaxValue;

    private static List<AttributeValue> DoneOf(RecordGroup group, int first, IReadOnlyList<Outcome> outcomes)
    {
        // Mappings that are equally far, as the healthy ones are, share their runs.
        var shared = new Dictionary<string, (byte[] Runs, List<AttributeValue> Mappings)>();
        int left = MostBytes;
        foreach (Outcome outcome in outcomes)
        {
            byte[] runs = DeliveredRuns.Write(group, first, r => !outcome.IsFailed(r), MostBytes);
            string text = Convert.ToBase64String(runs);
            if (runs.Length > 0 && (shared.ContainsKey(text) || runs.Length <= left))
            {
                if (shared.TryAdd(text, (runs, [])))
                {
                    left -= runs.Length;
                }

                shared[text].Mappings.Add(new AttributeValue(BatchProgress.KeyOf(outcome.Mapping)));
            }
        }

        return [.. shared.Values.Select(static s => new AttributeValue
        {
            M = new() { ["mappings"] = new AttributeValue { L = s.Mappings }, ["runs"] = new AttributeValue { B = new MemoryStream(s.Runs) } },
        })];
    }

    private static BatchProgress Read(Dictionary<string, AttributeValue> item, RecordGroup group)
    {
        var done = new Dictionary<string, bool[]>();
        foreach (AttributeValue entry in item.GetValueOrDefault("done")?.L ?? [])
        {
            if (entry.M?.GetValueOrDefault("runs")?.B is { } runs && entry.M.GetValueOrDefault("mappings")?.L is { } mappings)
            {
                bool[] records = DeliveredRuns.Read(runs.ToArray(), group);
                foreach (AttributeValue mapping in mappings)
                {
                    done[mapping.S ?? ""] = records;
                }
            }
        }

        return new BatchProgress(int.TryParse(item.GetValueOrDefault("attempt")?.N, NumberStyles.None, CultureInfo.InvariantCulture, out int attempt) ? attempt : 0, done);
    }

    private static Dictionary<string, AttributeValue> KeyOf(RecordGroup group, int first) => new()
    {
        [MappingAttributes.SourceArn] = new AttributeValue(KeyPrefix + group.SourceArn),
        [MappingAttributes.Id] = new AttributeValue(Mapping.ReservedIdPrefix + Encoding.UTF8.GetString(group.Records[first].SequenceNumber.Span)),
    };

    private static AttributeValue Number(long number) => new() { N = number.ToString(CultureInfo.InvariantCulture) };

    private string Describe(string what, string permission, Exception e)
    {
        string advice = "";
        if (e is AmazonServiceException { ErrorCode: "AccessDeniedException" })
        {
            _deniedUntil = time.GetUtcNow() + PauseAfterDenial;
            advice = $" Allow the function's role {permission} on the table (Publish-FanOutFunction does), or set FANOUT_PROGRESS to false.";
        }

        return $"Progress could not be {what} in table {tableName}, so what was delivered may be sent again. {e.Message}{advice}";
    }
}
