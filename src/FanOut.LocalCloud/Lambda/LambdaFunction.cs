using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using FanOut.LocalCloud.CloudWatch;
using FanOut.LocalCloud.Lambda.Deployment;
using FanOut.LocalCloud.Lambda.Runtime;
using FanOut.LocalCloud.Lambda.Versions;

namespace FanOut.LocalCloud.Lambda;

/// <summary>A function as a resource of the API: its configuration, its revision, and the status of its last update. Thread-safe.</summary>
public sealed class LambdaFunction
{
    private readonly object _gate = new();
    private readonly TimeProvider _time;
    private readonly Lazy<(long Size, string Sha256)> _program;
    private readonly HashSet<FunctionPackage> _packages = [];
    private volatile FunctionRevision _revision;
    private int _running;

    internal LambdaFunction(string arn, IFunctionInvoker invoker, LambdaFunctionConfiguration configuration, TimeProvider time)
        : this(arn, invoker, new FunctionRevision(configuration, NewId(), time.GetUtcNow(), FunctionRevision.Successful), time)
    {
    }

    internal LambdaFunction(string arn, IFunctionInvoker invoker, FunctionRevision revision, TimeProvider time)
    {
        (Arn, Invoker, _revision, _time) = (arn, invoker, revision, time);
        _program = new(ReadProgram);
        Keep(revision);
    }

    /// <summary>The ARN, without a qualifier.</summary>
    public string Arn { get; }

    /// <summary>The name.</summary>
    public string Name => DestinationName.Short(Arn);

    /// <summary>The configuration that the API shows, with all updates that have been requested.</summary>
    public LambdaFunctionConfiguration Configuration => _revision.Configuration;

    /// <summary>The id that changes with every update, and once more when the update is done.</summary>
    public string RevisionId => _revision.Id;

    /// <summary>Whether an update has not taken effect yet: <c>LastUpdateStatus</c> <c>InProgress</c>.</summary>
    public bool IsUpdating => _revision.Status == FunctionRevision.InProgress;

    /// <summary>How many invocations may run at a time; null for no limit of its own.</summary>
    public int? ReservedConcurrency { get; internal set; }

    /// <summary>The processes of the function; null: it has none.</summary>
    public LocalFunction? Processes => Invoker as LocalFunction ?? (Invoker as UploadedFunction)?.Processes;

    internal IFunctionInvoker Invoker { get; }

    /// <summary>Gets the metrics of its invocations; null: they are not published.</summary>
    internal Action<PublishedMetric>? PublishMetric { get; init; }

    internal FunctionRevision Revision => _revision;

    internal FunctionVersions Versions { get; } = new();

    internal FunctionPermissions Permissions { get; } = new();

    /// <summary>How asynchronous invocations are retried and reported, by qualifier (empty: the function itself).</summary>
    internal ConcurrentDictionary<string, EventInvokeConfig> EventInvokeConfigs { get; } = new(StringComparer.Ordinal);

    /// <summary>Size in bytes, and SHA-256 in base64, of the program of a function that was added by test code; of its ARN if it has no program.</summary>
    internal (long Size, string Sha256) Program => _program.Value;

    /// <summary>The function itself, or its alias or version; null: there is no such alias or version.</summary>
    internal FunctionView? View(string? qualifier)
    {
        var revision = _revision;
        if (qualifier is null or "$LATEST" || Versions.FindAlias(qualifier)?.Version == "$LATEST")
        {
            return new(this, revision, Invoker, qualifier, "$LATEST");
        }

        if (Versions.Find(qualifier) is { } version)
        {
            return new(this, version.Revision, version.Invoker, qualifier, version.Name);
        }

        // A function that was added by test code is the same under every alias and version.
        return revision.Package is null && revision.Configuration.Qualifiers?.Contains(qualifier) != false
            ? new(this, revision, Invoker, qualifier, qualifier.All(char.IsAsciiDigit) ? qualifier : "$LATEST")
            : null;
    }

    /// <summary>Invokes the function, if its concurrency allows it.</summary>
    /// <exception cref="ServiceException">TooManyRequestsException: it does not; ResourceConflictException: the function is being created.</exception>
    internal async Task<InvocationResult> InvokeAsync(IFunctionInvoker invoker, ReadOnlyMemory<byte> eventJson, CancellationToken cancellationToken)
    {
        if (_revision.IsPending)
        {
            throw Busy("The function is currently in the following state: Pending");
        }

        long began = _time.GetTimestamp();
        try
        {
            if (Interlocked.Increment(ref _running) > (ReservedConcurrency ?? int.MaxValue))
            {
                InvocationMetrics.PublishThrottled(this, _time.GetUtcNow());
                throw new ServiceException("TooManyRequestsException", "Rate Exceeded.", 429);
            }

            InvocationResult result = await invoker.InvokeAsync(eventJson, cancellationToken).ConfigureAwait(false);
            InvocationMetrics.Publish(this, _time.GetUtcNow(), _time.GetElapsedTime(began), result.FunctionError is not null);
            return result;
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    /// <summary>Begins the creation of the function, which takes a while.</summary>
    internal void Begin(TimeSpan duration) => _ = ApplyAsync(duration);

    /// <summary>Begins an update and does not wait: callers of the API see it in progress.</summary>
    /// <param name="revisionId">The only revision to update; null: any.</param>
    /// <param name="change">Makes the new revision; its id and times are filled in.</param>
    /// <param name="duration">How long the update is in progress before it takes effect.</param>
    /// <returns>The revision for the answer.</returns>
    /// <exception cref="ServiceException">
    /// PreconditionFailedException: the function has changed since; ResourceConflictException: the last update is not done.
    /// </exception>
    internal FunctionRevision Update(string? revisionId, Func<FunctionRevision, FunctionRevision> change, TimeSpan duration)
    {
        lock (_gate)
        {
            Check(revisionId);
            if (_revision.IsPending || IsUpdating)
            {
                throw Busy(_revision.IsPending
                    ? "The function is currently in the following state: Pending"
                    : $"An update is in progress for resource: {Arn}");
            }

            var begun = change(_revision) with { Id = NewId(), LastModified = _time.GetUtcNow(), Status = FunctionRevision.InProgress };
            _revision = begun;
            Keep(begun);
            _ = ApplyAsync(duration);
            return begun;
        }
    }

    /// <summary>Checks that the caller has seen the latest revision.</summary>
    /// <exception cref="ServiceException">PreconditionFailedException.</exception>
    internal void Check(string? revisionId)
    {
        if (revisionId is not null && revisionId != _revision.Id)
        {
            throw new ServiceException(
                "PreconditionFailedException",
                "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id",
                412);
        }
    }

    /// <summary>Changes the tags, which are not part of a revision.</summary>
    internal void Retag(Func<IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>> change)
    {
        lock (_gate)
        {
            _revision = _revision with { Configuration = Configuration with { Tags = change(Configuration.Tags) } };
        }
    }

    /// <summary>
    /// Ends the processes of a deployed function and deletes its packages. A function that was added by test code belongs to that code and is left
    /// alone.
    /// </summary>
    internal async Task EndAsync()
    {
        foreach (var invoker in Versions.All.Select(version => version.Invoker).Append(Invoker).OfType<UploadedFunction>())
        {
            await invoker.DisposeAsync().ConfigureAwait(false);
        }

        foreach (var package in _packages)
        {
            package.Dispose();
        }
    }

    private async Task ApplyAsync(TimeSpan duration)
    {
        if (duration > TimeSpan.Zero)
        {
            await Task.Delay(duration, _time, CancellationToken.None).ConfigureAwait(false);
        }

        Task replaced;
        lock (_gate)
        {
            replaced = Invoker switch
            {
                LocalFunction local => local.UpdateAsync(local.Options.With(Configuration)),
                UploadedFunction deployed when !_revision.IsPending => deployed.UpdateAsync(Configuration, _revision.Package!),
                _ => Task.CompletedTask,
            };
            _revision = _revision with { Id = NewId(), Status = FunctionRevision.Successful, IsPending = false };
        }

        await replaced.ConfigureAwait(false);
    }

    private void Keep(FunctionRevision revision)
    {
        if (revision.Package is { } package)
        {
            _packages.Add(package);
        }
    }

    private (long Size, string Sha256) ReadProgram()
    {
        if (Invoker is not LocalFunction local)
        {
            return (Arn.Length, Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Arn))));
        }

        using var program = File.OpenRead(ProcessEnvironment.Find(local.Options.Program));
        return (program.Length, Convert.ToBase64String(SHA256.HashData(program)));
    }

    private static ServiceException Busy(string why) =>
        new("ResourceConflictException", $"The operation cannot be performed at this time. {why}", 409);

    private static string NewId() => Guid.NewGuid().ToString();
}
