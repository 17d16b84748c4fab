using FanOut.Aws.Lambda;
using FanOut.Credentials;
using FanOut.Deployment;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Inspection;
using FanOut.Operations;
using FanOut.Registry;
using FanOut.Sources;

namespace FanOut.Local.Checks;

/// <summary>The way from a source through the function to its enabled targets, or what stands in it.</summary>
/// <param name="Targets">The ids of the targets that get what is put into the source.</param>
/// <param name="Patience">How long a record may take to the end of it.</param>
internal sealed record SourceRoute(IReadOnlyList<string> Targets, TimeSpan Patience)
{
    // A batch that fails at first is done by then, and lines of the log take some seconds to be found.
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(90);

    private static readonly string[] Reading = ["Enabled", "Enabling", "Creating", "Updating"];

    /// <summary>What stands in the way, and what to do about it; null: nothing does.</summary>
    public (string Text, string? Remedy)? Obstacle { get; init; }

    /// <summary>The ids of those that take the source's records for changes of tables. Where there are some, the record is made one: whatever else it is could block them.</summary>
    public IReadOnlyList<string> OfChanges { get; init; } = [];

    /// <summary>The function's log.</summary>
    public LogReader? Log { get; init; }

    /// <summary>Looks for it.</summary>
    /// <param name="from">What looks at the function.</param>
    /// <param name="function">The function's name.</param>
    /// <param name="sourceArn">The source.</param>
    /// <param name="cancellationToken">Cancels the looks.</param>
    public static async Task<SourceRoute> FindAsync(InspectTarget from, string function, string sourceArn, CancellationToken cancellationToken)
    {
        AwsSession session = from.Session;
        if (SourceArn.IsOf(SourceKind.DynamoDb, sourceArn))
        {
            return Blocked(
                "A record of a table is a change of one of its items, and this changes none.",
                $"Change an item, and see what comes of it: {RepairCommand.Of("Get-FanOutLog", "-Wait", sourceArn, function, session.Region)}");
        }

        Seen<FunctionConfiguration> seen = await from.FunctionAsync(cancellationToken).ConfigureAwait(false);
        if (seen.Value is not { } configuration)
        {
            return Blocked(seen.IsMissing ? $"There is no function {function} in {session.Region}." : $"The function could not be looked at: {seen.Error!.Message}", seen.IsMissing
                ? $"Publish-FanOutFunction{RepairCommand.FunctionOf(function, session.Region)}" : "You need lambda:GetFunctionConfiguration.");
        }

        (ReadSources read, SourceConnections connections) = await from.ConnectionsAsync(configuration, sourceArn, cancellationToken).ConfigureAwait(false);
        if (connections.NotSeen is { } notSeen)
        {
            return Blocked(notSeen.Detail, notSeen.Remedy);
        }

        if (!connections.Described.Any(static s => Reading.Contains(s.State)))
        {
            return Blocked(
                $"The source is {connections.Described[0].State}: the function would not get the record.",
                connections.Described[0].State == DescribeSource.NotConnected ? RepairCommand.Of("Connect-FanOutSource", "", sourceArn, function, session.Region)
                    : RepairCommand.Of("Resume-FanOutSource", "", sourceArn, function, session.Region));
        }

        string table = read.FunctionTable ?? read.TableName;
        List<Mapping> enabled = [];
        await foreach (TargetRow row in TableOf(session, table, function).ReadAsync(sourceArn, cancellationToken).ConfigureAwait(false))
        {
            if (row.Mapping is { Active: true } mapping)
            {
                enabled.Add(mapping);
            }
        }

        TimeSpan window = connections.Described.Max(static s => s.BatchingWindow) ?? TimeSpan.Zero;
        return enabled.Count == 0
            ? Blocked($"The source has no enabled target in the table {table}.", RepairCommand.Of("Enable-FanOutTarget", "*", sourceArn, function, session.Region))
            : new SourceRoute([.. enabled.Select(static m => m.Id)], Usual + window)
            {
                OfChanges = [.. enabled.Where(static m => m.RecordFormat == RecordFormat.DynamoDbChanges).Select(static m => m.Id)],
                Log = new LogReader(session, PublishLogGroup.NameOf(configuration, function), function),
            };
    }

    private static SourceRoute Blocked(string text, string? remedy) => new([], TimeSpan.Zero) { Obstacle = (text, remedy) };

    private static MappingTable TableOf(AwsSession session, string table, string function) =>
        new(Arn.TryParse(table, out Arn? arn) && arn.Region.Length > 0 ? session.In(arn.Region) : session, table, function);
}
