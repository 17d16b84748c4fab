using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using FanOut.Completion;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Lambda;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.Completion;

/// <summary>How long a completer waits.</summary>
public sealed class AwsCompleterTests
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task What_was_found_when_the_patience_ends_is_offered()
    {
        await using Cloud cloud = Cloud.Start();
        await using LambdaService lambda = new(LambdaServiceOptions.Of(cloud));
        cloud.Add(lambda);
        for (int i = 0; i < 60; i++)
        {
            lambda.Add($"f{i}", new RecordingFunction());
        }

        Fault hang = cloud.Faults.Add(new Fault { Kind = FaultKind.Hang, Where = static c => c.Request.Query.Contains("Marker", StringComparison.Ordinal) });
        FakeTimeProvider time = new();
        FunctionCompleter completer = new() { Time = time };
        CommandAst command = Parser.ParseInput("Get-FanOutTarget -FunctionName f", out _, out _).Find(static a => a is CommandAst, true) as CommandAst ?? throw new InvalidOperationException();
        Hashtable typed = new() { ["Region"] = "us-east-1", ["EndpointUrl"] = cloud.Endpoint.AbsoluteUri, ["AccessKey"] = "AKIATESTSOFFANOUT000", ["SecretKey"] = "s" };

        Task<CompletionResult[]> completing = Task.Run(
            () => completer.CompleteArgument("Get-FanOutTarget", "FunctionName", "f", command, typed).ToArray(), TestContext.Current.CancellationToken);
        while (cloud.Faults.Strikes(hang) == 0)
        {
            await Task.Yield();
        }

        Assert.False(completing.IsCompleted);
        time.Advance(AwsCompleter.Patience);

        Assert.Equal(50, (await completing).Length);
    }
}
