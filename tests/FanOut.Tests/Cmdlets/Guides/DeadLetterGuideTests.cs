using System.Management.Automation;
using System.Text;
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
        _session.Cloud.Sqs.CreateQueue("orders-failed");
        _session.Cloud.Sqs.CreateQueue("archive");
        _session.Cloud.Sqs.CreateQueue("large");
        _session.Cloud.S3.CreateBucket("orders-undelivered");
        _session.Register("archive", "-DeadLetter arn:aws:sqs:us-east-1:123456789012:orders-failed -MaxItemBytes 40 -Enabled");
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

    private static string Block(string part) => Assert.Single(new Guide("docs/deadletters.md").Blocks("powershell"), b => b.Contains(part, StringComparison.Ordinal));
}
