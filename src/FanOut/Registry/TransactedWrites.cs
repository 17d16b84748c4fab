using Amazon.DynamoDBv2.Model;
using FanOut.Credentials;
using FanOut.Engine.Mappings;
using FanOut.Errors;

namespace FanOut.Registry;

/// <summary>
/// Writes many rows in few calls, each row on the condition that it is as it was read. A call is made whole or not at all; a row that somebody else has changed
/// is taken out, and the call is made without it.
/// </summary>
/// <remarks>
/// Limits: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html. It takes the permissions of the single writes:
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html.
/// </remarks>
/// <param name="session">Who calls, in the table's region.</param>
/// <param name="rows">Reads rows.</param>
/// <param name="table">The table's name or ARN.</param>
/// <param name="time">The clock of waits.</param>
internal sealed class TransactedWrites(AwsSession session, MappingTable rows, string table, TimeProvider time)
{
    private const int MostActions = 100;
    private const int MostAttempts = 10;

    // Of 4 MB, what is left for names, expressions and the form of the request.
    private const int MostBytes = 2 * 1024 * 1024;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>The writes of each call.</summary>
    public static IEnumerable<IReadOnlyList<RowWrite>> Calls(IEnumerable<RowWrite> writes)
    {
        List<RowWrite> call = [];
        int bytes = 0;
        foreach (RowWrite write in writes)
        {
            int size = write.Bytes;
            if (call.Count == MostActions || (call.Count > 0 && bytes + size > MostBytes))
            {
                yield return call;
                (call, bytes) = ([], 0);
            }

            call.Add(write);
            bytes += size;
        }

        if (call.Count > 0)
        {
            yield return call;
        }
    }

    /// <summary>Makes one call.</summary>
    /// <returns>Why a row was not written, by the writes; those that are not among them were.</returns>
    public async Task<IReadOnlyDictionary<RowWrite, FanOutException>> WriteAsync(IReadOnlyList<RowWrite> writes, CancellationToken cancellationToken)
    {
        Dictionary<RowWrite, FanOutException> failures = [];
        List<RowWrite> left = [.. writes];
        for (int attempt = 1; left.Count > 0; attempt++)
        {
            try
            {
                await session.Dynamo.TransactWriteItemsAsync(new TransactWriteItemsRequest { TransactItems = left.ConvertAll(Item) }, cancellationToken).ConfigureAwait(false);
                break;
            }
            catch (TransactionCanceledException e) when (e.CancellationReasons is { Count: > 0 } reasons && reasons.Count == left.Count && attempt < MostAttempts)
            {
                RowWrite[] overtaken = [.. left.Where((_, i) => reasons[i].Code == "ConditionalCheckFailed")];
                foreach (RowWrite write in overtaken)
                {
                    if (!await IsDoneAsync(write, cancellationToken).ConfigureAwait(false))
                    {
                        failures[write] = FanOutError.TargetOvertaken(write.Id, write.SourceArn);
                    }
                }

                foreach ((RowWrite write, CancellationReason reason) in left.Zip(reasons).Where(static r => r.Second.Code == "ValidationError").ToArray())
                {
                    failures[write] = FanOutError.InvalidSettings(write.Id, reason.Message ?? "DynamoDB does not take it");
                }

                int before = left.Count;
                left.RemoveAll(w => overtaken.Contains(w) || failures.ContainsKey(w));
                if (left.Count == before)
                {
                    // TransactionConflict, or throttled: others are at work on the same rows at this moment.
                    await Task.Delay(Pause * (1 << Math.Min(attempt, 6)), time, cancellationToken).ConfigureAwait(false);
                }
            }
            catch (ResourceNotFoundException e)
            {
                throw FanOutError.TableNotFound(table, session.Region, session.Identity, e);
            }
        }

        return failures;
    }

    // Somebody else has made it so already: another run with the same state.
    private async Task<bool> IsDoneAsync(RowWrite write, CancellationToken cancellationToken)
    {
        TargetRow? now = await rows.FindAsync(write.SourceArn, write.Id, cancellationToken).ConfigureAwait(false);
        return write.Wanted is null ? now is null : now?.Mapping == write.Wanted;
    }

    private TransactWriteItem Item(RowWrite write)
    {
        Dictionary<string, AttributeValue> key = MappingTable.Key(write.SourceArn, write.Id);
        if (write.There is not { } there)
        {
            return new() { Put = new() { TableName = table, Item = MappingWriter.Write(write.Wanted!), ConditionExpression = "attribute_not_exists(#id)", ExpressionAttributeNames = new() { ["#id"] = MappingAttributes.Id } } };
        }

        var condition = new UnchangedCondition(there.Item);
        if (write.Wanted is null)
        {
            return new()
            {
                Delete = new() { TableName = table, Key = key, ConditionExpression = condition.Expression, ExpressionAttributeNames = condition.Names, ExpressionAttributeValues = condition.Values },
            };
        }

        var update = new UpdateText(write.Changes());
        return new()
        {
            Update = new()
            {
                TableName = table,
                Key = key,
                UpdateExpression = update.Expression,
                ConditionExpression = condition.Expression,
                ExpressionAttributeNames = new(update.Names.Concat(condition.Names)),
                ExpressionAttributeValues = new(update.Values.Concat(condition.Values)),
            },
        };
    }
}
