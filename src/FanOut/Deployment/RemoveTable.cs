using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using FanOut.Credentials;
using FanOut.Errors;
using FanOut.Sources;

namespace FanOut.Deployment;

/// <summary>Removes the table of mappings, but only with -IncludeTable.</summary>
/// <param name="session">Who calls, in the table's region.</param>
/// <param name="table">The table's name or ARN.</param>
/// <param name="settings">What is to be removed.</param>
/// <param name="time">The clock of waits.</param>
/// <param name="leave">Gets a description of everything that stays.</param>
internal sealed class RemoveTable(AwsSession session, string table, RemovalSettings settings, TimeProvider time, Action<string> leave)
{
    private IAmazonDynamoDB Client => session.Dynamo;

    /// <summary>Makes the plan; only reads.</summary>
    public async Task<IReadOnlyList<Change>> PlanAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken).ConfigureAwait(false) is not { } found || found.TableStatus == TableStatus.DELETING)
        {
            return [];
        }

        if (!settings.IncludeTable)
        {
            // Without the function nobody knows a table of another name.
            string named = table == settings.Function.Name + "Targets" ? "" : $"-TableName {table} ";
            leave(string.Create(CultureInfo.InvariantCulture, $"table {table} with {found.ItemCount ?? 0} {(found.ItemCount == 1 ? "row" : "rows")} ({named}-IncludeTable deletes it)"));
            return [];
        }

        string target = $"table {table} in {session.Region}";
        List<Change> changes = [];
        if (found.DeletionProtectionEnabled == true)
        {
            changes.Add(new(target, "Turn off the protection against deletion", c => Client.UpdateTableAsync(
                new UpdateTableRequest { TableName = table, DeletionProtectionEnabled = false }, c)));
        }

        changes.Add(new(target, "Delete", async c =>
        {
            if (await RestingAsync(c).ConfigureAwait(false) is { } there && there.TableStatus != TableStatus.DELETING)
            {
                await Client.DeleteTableAsync(new DeleteTableRequest { TableName = table }, c).ConfigureAwait(false);
            }
        }));
        return changes;
    }

    private Task<TableDescription?> FindAsync(CancellationToken cancellationToken) => PublishTable.FindAsync(Client, table, cancellationToken);

    // Null: somebody else has deleted it.
    private Task<TableDescription?> RestingAsync(CancellationToken cancellationToken) => Poll.LastAsync(
        Poll.UntilAsync(
            FindAsync,
            static t => t is null || t.TableStatus == TableStatus.ACTIVE || t.TableStatus == TableStatus.DELETING,
            settings.Patience,
            t => FanOutError.TableNotActive(table, t?.TableStatus.Value, settings.Patience),
            time,
            cancellationToken),
        cancellationToken);
}
