using System.Management.Automation;
using FanOut.Abstractions;
using FanOut.Completion;
using FanOut.Credentials;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Parameters;
using FanOut.Registry;

namespace FanOut.Commands;

/// <summary>Reads the records of a source again and sends them to targets, with their filters and settings: to fill a new target, or for what a function did not send while it was off.</summary>
/// <remarks>
/// <para>The records are read by this computer, from a Kinesis stream as long as it keeps them, or from the stream of a table, which keeps them for a day; and they are sent by the function's own engine, also to targets that are disabled. The function need not be there. Each shard is read in its order, and parents before their children where a stream was split or merged, so that order per key is what the target's own settings say.</para>
/// <para>Give -Checkpoint, and the replay goes on where it was when the same command is run again: after Ctrl+C, a crash, or an error. What was sent within the second before it ended may be sent again. Each record reaches each target at least once, and more than once also where the function sends it too, or where a call had no answer.</para>
/// <para>A record that a target does not take stops its shard, with an error that names both; the other shards go on. With -DeadLetterPath such records are written to a file instead, as the envelopes that docs/deadletters.md describes, and a warning says how many they are. Get-FanOutDeadLetter reads the file, and Resume-FanOutDeadLetter -Path sends it again. Dead letters of the targets are not used.</para>
/// <para>A shard gives 5 reads and 2 MB a second to all who read it; a replay leaves one of these reads to Lambda, and waits where it is told to.</para>
/// <para>With -Path the records come from the files in which Lambda puts whole batches that it gives up, where the on-failure destination of a source is a bucket: also long after the stream has lost them. The files of each shard are read in the order in which they were given up; they stay, and what is sent twice by two replays is sent twice. What Lambda adds while a replay runs may be left out.</para>
/// </remarks>
/// <example>
/// <code>Invoke-FanOutReplay archive -Source orders -From TrimHorizon -Checkpoint archive.json</code>
/// <para>Sends all that the stream orders still holds to the target archive. If it is interrupted, the same command goes on.</para>
/// </example>
/// <example>
/// <code>Invoke-FanOutReplay * -Source orders -From (Get-Date).AddHours(-2) -To (Get-Date).AddHours(-1) -WhatIf</code>
/// <para>Estimates how many records came within that hour, how long it takes to send them to all targets, and what their services ask for it. It is a rough estimate, by records of some moments.</para>
/// </example>
/// <example>
/// <code>Get-FanOutTarget -Source orders | Where-Object Type -eq sqs | Invoke-FanOutReplay -From (Get-Date).AddMinutes(-30) -MaxRecordsPerSecond 200 -DeadLetterPath refused.ndjson</code>
/// <para>Sends the records of the last half hour to all queues of the source, slowly, and writes down what they refuse.</para>
/// </example>
/// <example>
/// <code>Invoke-FanOutReplay archive -Source orders -Path s3://orders-undelivered -Checkpoint given-up.json</code>
/// <para>Sends to the target archive what Lambda gave up of the stream orders and put into the bucket orders-undelivered.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "FanOutReplay", SupportsShouldProcess = true, HelpUri = ProjectAddress.CmdletPages + "Invoke-FanOutReplay.md")]
[OutputType(typeof(FanOutReplay))]
public sealed partial class InvokeFanOutReplayCommand : SourceCommand
{
    private readonly List<Chosen> _chosen = [];

    /// <summary>The ids of the targets, or patterns with * and ?. They are sent to also where they are disabled.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TargetIdCompleter))]
    public string[] Id { get; set; } = [];

    /// <summary>Where to begin: a time, which is local if it has no zone; TrimHorizon, the oldest record that the source still holds; or the sequence number of a record, whose shard -ShardId names. It may be left out where -Checkpoint has it.</summary>
    [Parameter(Position = 1)]
    [ReplayPoint]
    [NotAFile]
    public object? From { get; set; }

    /// <summary>Where to end: a time, or a sequence number where -ShardId names the shard; what is exactly there is still sent. Default: the newest record that there is, and at the latest five minutes after the replay was begun.</summary>
    [Parameter(Position = 2)]
    [ReplayPoint]
    [NotAFile]
    public object? To { get; set; }

    /// <summary>Reads the files in which Lambda puts the batches that it gives up, where a source's on-failure destination is a bucket, instead of the source itself: s3://bucket/prefix, or arn:aws:s3:::bucket as -OnFailureDestination has it. They are not removed. Without -From: all of them.</summary>
    [Parameter]
    [NotAFile]
    public string? Path { get; set; }

    /// <summary>Only these shards. What followed them after a split or a merge is in other shards.</summary>
    [Parameter]
    [NotAFile]
    public string[] ShardId { get; set; } = [];

    /// <summary>A file that keeps how far the replay is, so that the same command goes on there. It is made where it is not there, written once a second, and checked: source, targets, shards, beginning and end must be the same.</summary>
    [Parameter]
    public string? Checkpoint { get; set; }

    /// <summary>A file to which records are added that a target does not take, one envelope a line; the replay goes on behind them. Its name best ends in .ndjson, by which files of dead letters are known. Without it such a record stops its shard.</summary>
    [Parameter]
    public string? DeadLetterPath { get; set; }

    /// <summary>How many records may be sent in a second, of all shards together. Default: as many as the shards give and the targets take.</summary>
    [Parameter]
    [ValidateRange(1, 1_000_000)]
    [NotAFile]
    public int? MaxRecordsPerSecond { get; set; }

    /// <summary>How many shards are read at a time: 8 unless you say otherwise. Each takes some megabytes of memory. Of files of more than 1 MB (-Path) three are sent at a time at most.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    [NotAFile]
    public int ThrottleLimit { get; set; } = 8;

    /// <summary>How long a target is tried that does not take a batch: a duration or seconds. Default: 5 minutes.</summary>
    [Parameter]
    [Duration]
    [NotAFile]
    public TimeSpan RetryTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    private protected override object? Subject => Id is [var only] ? only : base.Subject;

    /// <inheritdoc/>
    private protected override void ProcessObject()
    {
        string source = ResolveSourceArn();
        List<TargetRow> rows = [.. Each(Mappings.ReadAsync(source, StopToken))];
        foreach (string id in Id)
        {
            TargetRow[] found = Find(rows, id);
            if (found.Length == 0)
            {
                Fail(FanOutError.TargetNotFound(id, source, Table, Session.Region, Session.Identity, [.. rows.Select(static r => r.Id)]));
            }

            foreach (TargetRow row in found)
            {
                Choose(source, row);
            }
        }
    }

    // A target whose id is exactly what is given is the only one that is meant, also where its id has such a character.
    private static TargetRow[] Find(List<TargetRow> rows, string id)
    {
        if (rows.Find(r => r.Id == WildcardPattern.Unescape(id) || r.Id == id) is { } exact)
        {
            return [exact];
        }

        var pattern = new WildcardPattern(id, WildcardOptions.None);
        return WildcardPattern.ContainsWildcardCharacters(id) ? [.. rows.Where(r => pattern.IsMatch(r.Id))] : [];
    }

    private void Choose(string source, TargetRow row)
    {
        if (row.Mapping is not { } mapping)
        {
            Fail(FanOutError.InvalidMapping(row.Id, source, row.Problem!));
            return;
        }

        Chosen? same = _chosen.Find(c => c.SourceArn == source && c.Table == Table && c.Session == FunctionSession);
        if (same is null)
        {
            _chosen.Add(same = new Chosen(source, FunctionSession, Function.Name, Table, []));
        }

        if (!same.Mappings.Exists(m => m.Id == mapping.Id))
        {
            same.Mappings.Add(mapping);
        }
    }

    private sealed record Chosen(string SourceArn, AwsSession Session, string FunctionName, string Table, List<Mapping> Mappings)
    {
        public string[] Ids => [.. Mappings.Select(static m => m.Id).Order(StringComparer.Ordinal)];
    }
}
