using System.Management.Automation;
using Amazon.Runtime;
using FanOut.Abstractions;
using FanOut.DeadLetters;
using FanOut.Errors;
using FanOut.Parameters;

namespace FanOut.Commands;

/// <summary>Gets dead letters as objects: records that targets did not get, and batches that Lambda gave up.</summary>
/// <remarks>
/// <para>Reads a queue, the files under a bucket's prefix, or a file of this computer (./letters.ndjson): the envelopes of FanOut's function, also where a topic has brought them into a queue, and what Lambda tells an on-failure destination. What cannot be read comes out too, with the reason in Problem.</para>
/// <para>It only looks: nothing is taken. A queue has no other way of looking than receiving, though: meanwhile others do not see the letters, each counts as received once more (ReceiveCount), and a queue with a RedrivePolicy moves what was received too often. At the end the letters are given back, so that all see them again at once; if that fails, after 2 minutes. With -VisibilityTimeout they stay hidden for so long, for a script that deletes them by their ReceiptHandle. A FIFO queue shows no more than the first ten of each target, because it holds back what follows a letter that is hidden.</para>
/// <para>With -Path the letters go into a file as they are, one JSON document a line. With -Summary they are counted by target and reason.</para>
/// </remarks>
/// <example>
/// <code>Get-FanOutDeadLetter audit-failed -Summary</code>
/// <para>How many letters lie in the queue audit-failed, of which targets, and why.</para>
/// </example>
/// <example>
/// <code>Get-FanOutTarget archive -Source orders | Get-FanOutDeadLetter -Class Oversize | Format-List Time, SequenceNumber, Key, Reason, Text</code>
/// <para>The records that were too large for the target archive, from wherever its dead letters go.</para>
/// </example>
/// <example>
/// <code>Get-FanOutDeadLetter s3://orders-undelivered/letters -StartTime (Get-Date).AddDays(-1) -Pattern '{"data":{"total":[{"numeric":[">",1000]}]}}' -Path large.ndjson</code>
/// <para>Writes yesterday's letters of records with a total of more than 1000 into a file.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "FanOutDeadLetter", HelpUri = ProjectAddress.CmdletPages + "Get-FanOutDeadLetter.md")]
[OutputType(typeof(FanOutDeadLetter), typeof(FanOutDeadLetterGroup), typeof(FileInfo))]
public sealed class GetFanOutDeadLetterCommand : DeadLetterCommand
{
    // Long enough to read some tens of thousands.
    private static readonly TimeSpan WhileReading = TimeSpan.FromMinutes(2);

    private readonly List<FanOutDeadLetterGroup> _groups = [];
    private ILetterBox? _open;
    private LetterExport? _export;

    /// <summary>Counts letters by target and reason instead of showing each.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    /// <summary>The file to write the letters into, as they are, one JSON document a line (NDJSON); it is output instead of the letters. A file that is there is replaced.</summary>
    [Parameter]
    [Alias("FilePath", "OutFile")]
    [NotAFile]
    public string? Path { get; set; }

    /// <summary>How long the letters of a queue stay hidden from others: a duration or seconds, up to 12 hours. Without it they are given back when all are read.</summary>
    [Parameter]
    [Duration]
    [NotAFile]
    public TimeSpan? VisibilityTimeout { get; set; }

    /// <summary>Gives the letters of a queue back when all are read, as without -VisibilityTimeout; that then is only how long they are hidden if giving them back fails.</summary>
    [Parameter]
    public SwitchParameter Peek { get; set; }

    /// <inheritdoc/>
    private protected override void ProcessObject()
    {
        if (VisibilityTimeout is { } given && (given < TimeSpan.FromSeconds(1) || given > TimeSpan.FromHours(12)))
        {
            throw FanOutError.InvalidParameter(nameof(VisibilityTimeout), given, "takes 1 second to 12 hours.");
        }

        if (Summary && NullIfEmpty(Path) is not null)
        {
            throw FanOutError.InvalidParameter(nameof(Summary), null, "and -Path contradict each other: the file has the letters themselves.");
        }

        SelectLetters selection = Selection;
        if (FindBox(VisibilityTimeout ?? WhileReading, removes: false) is not { } box)
        {
            return;
        }

        _open = VisibilityTimeout is null || Peek ? box : null;
        Write(box, selection);
        GiveBack();
        Warn(box.Warnings);
    }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        WriteObject(_groups.OrderByDescending(static g => g.Count), enumerateCollection: true);
        if (_export is { } export)
        {
            _export = null;
            WriteObject(export.End());
        }

        base.Finish();
    }

    /// <inheritdoc/>
    private protected override void Settle()
    {
        GiveBack();
        base.Settle();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _export?.Dispose();
        }
    }

    private void Write(ILetterBox box, SelectLetters selection)
    {
        var read = new ReadLetter(box.Name, box.Region) { KeepsReceipts = _open is null };
        IEnumerable<FanOutDeadLetter> letters = Each(box.ReadAsync(StopToken)).SelectMany(static p => p).Select(read.Of).Where(selection.Includes);
        if (Summary)
        {
            _groups.AddRange(GroupLetters.Of(letters));
        }
        else if (NullIfEmpty(Path) is { } path)
        {
            _export ??= new LetterExport(GetUnresolvedProviderPathFromPSPath(path));
            foreach (FanOutDeadLetter letter in letters)
            {
                _export.Write(letter);
            }
        }
        else
        {
            WriteObject(letters, enumerateCollection: true);
        }
    }

    private void GiveBack()
    {
        if (_open is { } box)
        {
            _open = null;
            try
            {
                Await(box.GiveBackAsync(StopToken));
            }
            catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException)
            {
                WriteWarning($"The letters that were read stay hidden from others for up to {(VisibilityTimeout ?? WhileReading).TotalSeconds:N0} seconds, because they could not be given back: {Explain(e)} It takes sqs:ChangeMessageVisibility.");
            }
        }
    }
}
