using System.Management.Automation;
using Amazon.Runtime;
using FanOut.Abstractions;
using FanOut.Completion;
using FanOut.DeadLetters;
using FanOut.Errors;
using FanOut.Parameters;

namespace FanOut.Commands;

/// <summary>Sends dead letters again, to their own targets as they are now, and removes those that were delivered.</summary>
/// <remarks>
/// <para>Sends from this computer by the function's own engine: with the filter, the transformations and the role that the target has now. Your credentials send, or assume the target's role; what the function may do does not help. Targets in a VPC must be reached from here.</para>
/// <para>A letter is removed as soon as its record was delivered, and only then. What fails again stays, with an error that says why, once for letters that fail alike, and Failures of the result names each; what the target's filter leaves out now stays too, unless -RemoveFiltered is given. If a target refuses all letters of a call, its others are left. When the cmdlet is stopped or killed nothing is lost: the next run goes on. What was delivered and not yet removed by then is sent once more.</para>
/// <para>Of a file of this computer each letter that was delivered is removed from the file; one in which nothing is left stays as an empty one. No two runs may use it at a time.</para>
/// <para>Two runs at a time share a queue: none sees what the other has. Of a bucket both may send the same letter. In order of their numbers go letters that are read together, up to 5,000; targets that get records in order get none of a key whose letter before it failed again.</para>
/// <para>Batches and events that Lambda gave up go to all enabled targets of their source, of which some may have the records already: a warning says so, and -SendTo names one. Where the letter does not hold the records, they are read from the stream again, as long as it has them.</para>
/// <para>Letters can be piped in from Get-FanOutDeadLetter: then only these are sent. An object of counts for each target comes out at the end.</para>
/// </remarks>
/// <example>
/// <code>Resume-FanOutDeadLetter audit-failed -WhatIf</code>
/// <para>What would be sent of the queue audit-failed: how many records, in how many calls, to which targets.</para>
/// </example>
/// <example>
/// <code>Get-FanOutTarget archive -Source orders | Resume-FanOutDeadLetter -First 1</code>
/// <para>Tries with one letter whether the target archive takes its records now.</para>
/// </example>
/// <example>
/// <code>Get-FanOutDeadLetter s3://orders-undelivered/letters -Class Oversize | Where-Object { $_.Data.Length -lt 1MB } | Resume-FanOutDeadLetter -SendTo search -MaxRecordsPerSecond 100</code>
/// <para>Sends what was too large to another target, a hundred records a second.</para>
/// </example>
/// <example>
/// <code>Resume-FanOutDeadLetter -Path refused.ndjson</code>
/// <para>Sends what a replay has written into the file refused.ndjson (Invoke-FanOutReplay -DeadLetterPath).</para>
/// </example>
[Cmdlet(VerbsLifecycle.Resume, "FanOutDeadLetter", SupportsShouldProcess = true, HelpUri = ProjectAddress.CmdletPages + "Resume-FanOutDeadLetter.md")]
[OutputType(typeof(FanOutDeadLetterResult))]
public sealed partial class ResumeFanOutDeadLetterCommand : DeadLetterCommand
{
    private readonly Dictionary<string, (ILetterBox Box, HashSet<(string?, string?, int?)> Letters)> _piped = [];
    private const string NotRemoved = "NotRemoved";

    private readonly ResumeTally _tally = new();
    private readonly AlikeErrors _alike = new();
    private readonly HashSet<string> _told = [];
    private ILetterBox? _open;
    private bool _isTold;
    private int _taken;

    /// <summary>The id of another target of the same source, to which all of the letters are sent, also if it is disabled.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TargetIdCompleter))]
    [NotAFile]
    public string? SendTo { get; set; }

    /// <summary>A file of this computer with one letter a line: what Invoke-FanOutReplay -DeadLetterPath wrote, or Get-FanOutDeadLetter -Path. The same as to give it as -DeadLetter.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath", "LiteralPath")]
    public string? Path { get; set; }

    /// <summary>How many letters to send at most.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [NotAFile]
    public int First { get; set; } = int.MaxValue;

    /// <summary>How many records to send in a second at most. Without it: as many as the targets take.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [NotAFile]
    public int? MaxRecordsPerSecond { get; set; }

    /// <summary>Removes also letters whose records the target's filter leaves out now.</summary>
    [Parameter]
    public SwitchParameter RemoveFiltered { get; set; }

    /// <summary>Sends with your own rights also where the target has a role.</summary>
    [Parameter]
    public SwitchParameter SkipRole { get; set; }

    /// <summary>How long the letters of a queue stay hidden from others if this is killed: a duration or seconds, up to 12 hours. It is renewed while they are at hand. Default: 5 minutes.</summary>
    [Parameter]
    [Duration]
    [NotAFile]
    public TimeSpan VisibilityTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    private protected override void ProcessObject()
    {
        if (VisibilityTimeout < TimeSpan.FromSeconds(1) || VisibilityTimeout > TimeSpan.FromHours(12))
        {
            throw FanOutError.InvalidParameter(nameof(VisibilityTimeout), VisibilityTimeout, "takes 1 second to 12 hours.");
        }

        if (NullIfEmpty(Path) is { } path && NullIfEmpty(DeadLetter) is not null)
        {
            throw FanOutError.InvalidParameter(nameof(Path), path, "and -DeadLetter contradict each other: both say where the letters lie.");
        }

        if (PipedLetter is not { } letter)
        {
            SelectLetters selection = Selection;
            if (FindBox(VisibilityTimeout, !IsWhatIf) is { } box)
            {
                Resume(box, selection.Includes);
            }

            return;
        }

        if (!_piped.TryGetValue(DeadLetter!, out (ILetterBox Box, HashSet<(string?, string?, int?)> Letters) piped))
        {
            _piped[DeadLetter!] = piped = (FindBox(VisibilityTimeout, !IsWhatIf)!, []);
        }

        piped.Letters.Add(letter);
    }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        foreach ((ILetterBox box, HashSet<(string?, string?, int?)> letters) in _piped.Values)
        {
            Guard(() => Resume(box, l => letters.Contains((l.MessageId, l.ObjectKey, l.Line))));
        }

        _isTold = true;
        WriteObject(_tally.Results, enumerateCollection: true);
        base.Finish();
    }

    /// <inheritdoc/>
    private protected override void Settle()
    {
        if (IsAfterwards && IsStopped && !_isTold)
        {
            _isTold = true;
            TellWhatIsLeft();
        }

        if (_open is { } box)
        {
            _open = null;
            try
            {
                Await(box.GiveBackAsync(StopToken));
            }
            catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException)
            {
                WriteVerbose($"The letters that are left stay hidden from others for up to {VisibilityTimeout.TotalSeconds:N0} seconds: {Explain(e)}");
            }
        }

        base.Settle();
    }

    /// <inheritdoc/>
    /// <remarks>Of a path in full: a name without a folder or an ending would be a queue's.</remarks>
    private protected override string? Place => NullIfEmpty(Path) is { } path ? GetUnresolvedProviderPathFromPSPath(path) : base.Place;

    // A message keeps its id; a line of an object its place, as long as nobody else changes the object.
    private (string?, string?, int?)? PipedLetter => InputObject is { } input && Text(input, nameof(FanOutDeadLetter.Body)) is not null
        && (Text(input, nameof(FanOutDeadLetter.MessageId)), Text(input, nameof(FanOutDeadLetter.ObjectKey)), input.Properties[nameof(FanOutDeadLetter.Line)]?.Value as int?) is var letter
        && (letter.Item1 is not null || letter.Item2 is not null)
        ? letter
        : null;

    private static string? Text(PSObject input, string property) => input.Properties[property]?.Value as string;
}
