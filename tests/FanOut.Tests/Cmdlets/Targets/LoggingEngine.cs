using System.Text;
using Amazon.DynamoDBv2;
using FanOut.Dispatch;
using FanOut.Engine;
using FanOut.Engine.Credentials;
using FanOut.Engine.DeadLetters;
using FanOut.Engine.Logging;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Lambda;
using FanOut.Tests.Credentials;
using FanOut.Tests.Targets;

namespace FanOut.Tests.Cmdlets.Targets;

/// <summary>The function's engine in a cloud's Lambda, which tells of marked records in the function's log as the function does.</summary>
internal sealed class LoggingEngine : IFunctionInvoker, IAsyncDisposable
{
    private const string Group = "arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/fanout";

    private readonly Cloud _cloud;
    private readonly AwsClients _clients;
    private readonly TargetFactory _targets;
    private readonly AmazonDynamoDBClient _dynamo;
    private readonly Dispatcher _dispatcher;

    public LoggingEngine(Cloud cloud)
    {
        TimeProvider time = TimeProvider.System;
        _cloud = cloud;
        _clients = new AwsClients(TestTargets.Own, new AssumedRoles(new FakeSts(time), "fanout", time), "us-east-1") { Amend = c => c.ServiceURL ??= cloud.Endpoint.AbsoluteUri };
        _targets = new TargetFactory(_clients, time);
        _dynamo = new AmazonDynamoDBClient(TestTargets.Own, new AmazonDynamoDBConfig { ServiceURL = cloud.Endpoint.AbsoluteUri, AuthenticationRegion = "us-east-1" });
        _dispatcher = new Dispatcher(new DynamoMappingSource(_dynamo, "fanoutTargets"), _targets, new(), time, new Random(1))
        {
            DeadLetters = new SendDeadLetters(_clients, new Origin("fanout", "7"), time, new Random(1)),
        };
    }

    /// <inheritdoc/>
    public async Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> eventJson, CancellationToken cancellationToken)
    {
        using DispatchResult result = await _dispatcher.DispatchAsync(eventJson.ToArray(), cancellationToken);
        using MemoryStream output = new();
        MarkedLog.Write(new JsonLog(output, LogLevel.Error, TimeProvider.System) { RequestId = "request-1" }, result, TimeProvider.System);
        if (output.Length > 0)
        {
            _cloud.Logs.CreateLogGroup("/aws/lambda/fanout");
            foreach (string line in Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                _cloud.Logs.Write(Group, "stream", line);
            }
        }

        IEnumerable<string> failed = result.Groups.SelectMany(static g => g.Failed.Select(f => $$"""{"itemIdentifier":"{{Encoding.UTF8.GetString(g.Group.Records[f].SequenceNumber.Span)}}"}"""));
        return new InvocationResult("request-1", Encoding.UTF8.GetBytes($$"""{"batchItemFailures":[{{string.Join(",", failed)}}]}"""));
    }

    public async ValueTask DisposeAsync()
    {
        await _targets.DisposeAsync();
        _clients.Dispose();
        _dynamo.Dispose();
    }
}
