using System.Management.Automation;
using System.Text;
using FanOut.LocalCloud.Faults;

namespace FanOut.Tests.Cmdlets.DeadLetters;

/// <summary>Dead letters in a file of this computer: they are shown, sent and removed as those of a queue or a bucket.</summary>
public sealed class LetterFileTests : IAsyncDisposable
{
    private readonly CloudSession _session = new();
    private readonly TemporaryFolder _folder = new();

    public LetterFileTests()
    {
        foreach (string queue in new[] { "archive", "failed" })
        {
            _session.Cloud.Sqs.CreateQueue(queue);
        }

        _session.Register("archive", "-Collapse none -Enabled");
        _session.Run($"Set-Location '{_folder.Path}'").ThrowIfFailed();
    }

    private string Letters => Path.Join(_folder.Path, "letters.ndjson");

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("letters.ndjson")]
    [InlineData("./letters.ndjson")]
    [InlineData("-DeadLetter $PWD/letters.ndjson")]
    public void They_are_looked_at_and_nothing_changes(string place)
    {
        Write(3);
        string before = File.ReadAllText(Letters);

        IList<PSObject> letters = _session.Run($"Get-FanOutDeadLetter {place}").ThrowIfFailed().Output;

        Assert.Equal(["1 record 1", "2 record 2", "3 record 3"], letters.Select(static l => $"{Text(l, "Line")} {Text(l, "Text")}"));
        Assert.All(letters, l => Assert.Equal(Letters, Text(l, "DeadLetter")));
        Assert.Equal(before, File.ReadAllText(Letters));
        Assert.Equal("3", Text(_session.Run($"Get-FanOutDeadLetter {place} -Summary").Only(), "Count"));
    }

    [Theory]
    [InlineData("Resume-FanOutDeadLetter -Path letters.ndjson")]
    [InlineData("Resume-FanOutDeadLetter letters.ndjson")]
    [InlineData("Get-Item letters.ndjson | Resume-FanOutDeadLetter")]
    public void What_was_delivered_is_gone_from_the_file(string command)
    {
        Write(1_200);

        PSObject result = _session.Run(command).Only();

        Assert.Equal(("1200", "1200", "0"), (Text(result, "Delivered"), Text(result, "Removed"), Text(result, "Left")));
        Assert.Equal(Enumerable.Range(1, 1_200).Select(static i => $"record {i}").Order(), Arrived().Order());
        Assert.Empty(File.ReadAllText(Letters));
        Assert.Contains("it has no lines", Assert.Single(_session.Run(command).ThrowIfFailed().Warnings), StringComparison.Ordinal);
        Assert.Equal([Letters], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void What_fails_or_is_not_meant_or_is_no_letter_stays_as_it_is()
    {
        Write(5);
        File.AppendAllText(Letters, "no letter\n\n");
        string[] before = File.ReadAllLines(Letters);
        _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.RefuseItems, Operation = "SendMessageBatch", Permanent = true, Positions = [1] });

        PowerShellResult result = _session.Run("Get-FanOutDeadLetter letters.ndjson | Where-Object Line -ne 4 | Resume-FanOutDeadLetter");

        Assert.Equal(["LetterNotDelivered", "LetterNotReadable"], result.AllErrors.Select(static e => e.FullyQualifiedErrorId.Split(',')[0]).Order(StringComparer.Ordinal));
        Assert.Equal([before[1], before[3], "no letter"], File.ReadAllLines(Letters));
        Assert.Equal(["record 1", "record 3", "record 5"], Arrived().Order());
    }

    [Fact]
    public void An_export_of_a_queue_is_sent_from_its_file()
    {
        _session.Cloud.Sqs.Send("failed", Letter(7));

        _session.Run("Get-FanOutDeadLetter failed -Path letters.ndjson | Resume-FanOutDeadLetter").ThrowIfFailed();

        Assert.Equal(["record 7"], Arrived());
        Assert.Single(_session.Cloud.Sqs.Find("failed")!.Messages);
    }

    [Fact]
    public void Only_what_would_be_sent_is_told_with_WhatIf()
    {
        Write(3);

        _session.Run("Resume-FanOutDeadLetter -Path letters.ndjson -WhatIf").ThrowIfFailed();

        Assert.Empty(Arrived());
        Assert.Equal(3, File.ReadAllLines(Letters).Length);
    }

    [Fact]
    public void Two_do_not_share_a_file()
    {
        Write(3);
        using var other = new FanOut.Engine.DeadLetters.DeadLetterFile(Letters);

        ErrorRecord error = _session.Run("Resume-FanOutDeadLetter -Path letters.ndjson").Error();

        Assert.StartsWith("FileNotRead,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(Letters, $"{error}", StringComparison.Ordinal);
        Assert.Contains("another Resume-FanOutDeadLetter", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(Arrived());
    }

    [Theory]
    [InlineData("Get-FanOutDeadLetter ./absent.ndjson", "FileNotFound")]
    [InlineData("Resume-FanOutDeadLetter -Path absent", "FileNotFound")]
    [InlineData("Resume-FanOutDeadLetter failed -Path absent.ndjson", "InvalidParameter")]
    public void What_is_not_there_is_named(string command, string id) =>
        Assert.StartsWith(id + ",", _session.Run(command).Error().FullyQualifiedErrorId, StringComparison.Ordinal);

    [Fact]
    public void Long_lines_and_lines_without_an_end_are_read()
    {
        string large = new('x', 300_000);
        File.WriteAllText(Letters, $"\uFEFF{Letter(1, large)}\r\n\n{Letter(2)}", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));

        Assert.Equal([large, "record 2"], _session.Run("Get-FanOutDeadLetter letters.ndjson").ThrowIfFailed().Output.Select(static l => Text(l, "Text")));
    }

    private static string Text(PSObject of, string property) => $"{of.Properties[property]?.Value}";

    private static string Letter(int number, string? data = null) =>
        $$"""{"version":1,"mappingId":"archive","sourceArn":"{{CloudSession.Orders}}","sequenceNumber":"{{number}}","partitionKey":"key {{number % 7}}","class":"Refused","code":"Down","reason":"It was down.","attempts":1,"data":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(data ?? $"record {number}"))}}"}""";

    private void Write(int count) => File.WriteAllLines(Letters, Enumerable.Range(1, count).Select(static i => Letter(i)));

    private IEnumerable<string> Arrived() => _session.Cloud.Sqs.Find("archive")!.Messages.Select(static m => m.Body);
}
