using System.Management.Automation;
using System.Text;
using FanOut.LocalCloud.Faults;
using FanOut.Tests.Cmdlets.DeadLetters;

namespace FanOut.Tests.Cmdlets.Guides;

/// <summary>The blocks of docs/deadletters.md, on letters that the function's engine has written.</summary>
public sealed class DeadLetterGuideTests : IAsyncDisposable
{
    private readonly CloudSession _session = new();
    private readonly TemporaryFolder _folder = new();
    private readonly InvokedEngine _engine;

    public DeadLetterGuideTests()
    {
        _engine = new InvokedEngine(_session.Cloud);
        _session.Cloud.Sqs.CreateQueue("audit-failed");
        _session.Cloud.Sqs.CreateQueue("archive");
        _session.Cloud.Sqs.CreateQueue("large");
        _session.Cloud.S3.CreateBucket("orders-undelivered");
        _session.Register("archive", "-DeadLetter arn:aws:sqs:us-east-1:123456789012:audit-failed -MaxItemBytes 40 -Collapse none -Enabled");
        _session.Register("large", "-DeadLetter s3://orders-undelivered/letters -MaxItemBytes 40 -Enabled");
        _session.Run($"Set-Location '{_folder.Path}'").ThrowIfFailed();
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _session.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Letters_are_looked_at()
    {
        await _engine.InvokeAsync(Enumerable.Range(1, 3).Select(static i => LambdaEvent.Kinesis(Encoding.UTF8.GetBytes($"\"{new string('x', i < 3 ? 5 : 60)}\""), $"k{i}", $"{i}", CloudSession.Orders)));

        IList<PSObject> output = _session.Run(Block("-Summary")).ThrowIfFailed().Output;

        Assert.Equal(("1", "archive", "Oversize"), ($"{output[0].Properties["Count"].Value}", $"{output[0].Properties["Id"].Value}", $"{output[0].Properties["Class"].Value}"));
        Assert.Contains("\"mappingId\":\"large\"", Assert.Single(await File.ReadAllLinesAsync(Path.Join(_folder.Path, "oversize.ndjson"), TestContext.Current.CancellationToken)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task They_are_sent_again_as_the_page_says()
    {
        await _engine.InvokeAsync(Orders(3));
        _session.Run($"Set-FanOutTarget archive -SourceArn {CloudSession.Orders} -MaxItemBytes $null").ThrowIfFailed();

        _session.Run(Block("Resume-FanOutDeadLetter")).ThrowIfFailed();

        Assert.Equal(3, _session.Cloud.Sqs.Find("archive")!.Messages.Count);
        Assert.Empty(_session.Cloud.Sqs.Find("audit-failed")!.Messages);
    }

    [Fact]
    public async Task What_a_target_that_was_down_did_not_take_arrives_once()
    {
        Fault down = _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Operation = "SendMessageBatch", Destination = "arn:aws:sqs:us-east-1:123456789012:archive" });
        await _engine.InvokeAsync(Orders(2, 1));
        _session.Cloud.Faults.Remove(down);

        foreach (string block in Recipe("A target was down"))
        {
            _session.Run(block).ThrowIfFailed();
        }

        Assert.Equal(2, _session.Cloud.Sqs.Find("archive")!.Messages.Count);
        Assert.Empty(_session.Cloud.Sqs.Find("audit-failed")!.Messages);
    }

    [Fact]
    public async Task What_a_wrong_mapping_did_not_deliver_arrives_once_where_it_should()
    {
        _session.Cloud.Sqs.CreateQueue("big");
        _session.Cloud.Sqs.CreateQueue("audit");
        _session.Run("Get-FanOutTarget | Unregister-FanOutTarget -Confirm:$false").ThrowIfFailed();
        _session.Register("big", "-DeadLetter arn:aws:sqs:us-east-1:123456789012:audit-failed -MaxItemBytes 10 -Collapse none -Enabled");
        _session.Register("misspelt", "-DeadLetter arn:aws:sqs:us-east-1:123456789012:audit-failed -Collapse none -Enabled");
        _session.Register("audit", "-Collapse none");
        await _engine.InvokeAsync(Orders(2));
        _session.Run("Enable-FanOutTarget audit -Source orders").ThrowIfFailed();

        foreach (string block in Recipe("A mapping was wrong"))
        {
            _session.Run(block).ThrowIfFailed();
        }

        Assert.Equal((2, 2), (_session.Cloud.Sqs.Find("big")!.Messages.Count, _session.Cloud.Sqs.Find("audit")!.Messages.Count));
        Assert.Empty(_session.Cloud.Sqs.Find("audit-failed")!.Messages);
    }

    private static IEnumerable<string> Orders(int count, int note = 40) =>
        Enumerable.Range(1, count).Select(i => LambdaEvent.Kinesis(Encoding.UTF8.GetBytes($"{{\"order\":{i},\"note\":\"{new string('x', note)}\"}}"), $"k{i}", $"{i}", CloudSession.Orders));

    /// <summary>The blocks of a part of docs/recover.md.</summary>
    private static IReadOnlyList<string> Recipe(string heading)
    {
        string page = File.ReadAllText(Path.Join(Checkout.Root, "docs", "recover.md"));
        string part = page.Split("\n## ").Single(p => p.StartsWith(heading, StringComparison.Ordinal));
        return [.. part.Split("```").Where(static b => b.StartsWith("powershell\n", StringComparison.Ordinal)).Select(static b => b["powershell\n".Length..])];
    }

    private static string Block(string part) => Assert.Single(new Guide("docs/deadletters.md").Blocks("powershell"), b => b.Contains(part, StringComparison.Ordinal));
}
