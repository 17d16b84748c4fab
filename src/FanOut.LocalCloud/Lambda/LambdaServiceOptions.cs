using FanOut.LocalCloud.CloudWatch;
using FanOut.LocalCloud.Lambda.EventSources;
using FanOut.LocalCloud.Streams;

namespace FanOut.LocalCloud.Lambda;

/// <summary>What <see cref="LambdaService"/> needs of the rest of the cloud.</summary>
public sealed record LambdaServiceOptions
{
    /// <summary>The options that fit a cloud: its account, region, clock and streams.</summary>
    public static LambdaServiceOptions Of(Cloud cloud)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        return new()
        {
            Region = cloud.Options.Region,
            AccountId = cloud.Options.AccountId,
            TimeProvider = cloud.Options.TimeProvider,
            FindStream = cloud.Streams.Find,
            PublishMetric = cloud.CloudWatch.Received.Add,
            SendToDestination = (arn, batch) => FailureDestination.SendAsync(cloud, arn, batch),
            Cloud = cloud,
        };
    }

    /// <summary>The region of functions that are added without another region.</summary>
    /// <value><c>us-east-1</c></value>
    public string Region { get; init; } = "us-east-1";

    /// <summary>The account of functions that are added without another account.</summary>
    /// <value><c>123456789012</c></value>
    public string AccountId { get; init; } = "123456789012";

    /// <summary>The clock of event source mappings and of asynchronous retries.</summary>
    /// <value>The system's</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Finds the stream of an ARN, for event source mappings; null: there is none. By default there are no streams.</summary>
    public Func<string, EventStream?> FindStream { get; init; } = _ => null;

    /// <summary>
    /// Sends the description of a discarded batch to an on-failure destination, given by its ARN; <see cref="Of"/> sends to the cloud's queues,
    /// topics and buckets. By default nothing is sent; <see cref="LambdaService.Discarded"/> has it anyway.
    /// </summary>
    public Func<string, DiscardedBatch, Task>? SendToDestination { get; init; }

    /// <summary>Gets Lambda's own metrics: Invocations, Errors, Throttles, Duration and IteratorAge; null: they are not published.</summary>
    public Action<PublishedMetric>? PublishMetric { get; init; }

    /// <summary>
    /// How long an update of a function is <c>InProgress</c>, and an event source mapping <c>Creating</c>, <c>Updating</c> …, by
    /// <see cref="TimeProvider"/>. By default a change is done before its caller can ask again, unless an invocation is in progress.
    /// </summary>
    /// <value>Zero</value>
    public TimeSpan TransitionTime { get; init; }

    /// <summary>The first wait between retries of an event source mapping, <see cref="EventSourceMappingOptions.RetryBaseDelay"/>.</summary>
    /// <value>1 s</value>
    public TimeSpan RetryBaseDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The emulator that runs deployed arm64 programs on an x64 machine: a name that is searched on the PATH, or a file; null: their invocations fail.
    /// It gets the variable <c>QEMU_LD_PREFIX</c>.
    /// </summary>
    /// <value><c>qemu-aarch64-static</c></value>
    public string? Arm64Emulator { get; init; } = "qemu-aarch64-static";

    /// <summary>The cloud that deployed functions run in; null: functions cannot be deployed, only added by test code.</summary>
    internal Cloud? Cloud { get; init; }
}
