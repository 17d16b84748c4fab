using System.Security.Cryptography;
using System.Text;
using FanOut.LocalCloud.Lambda.Runtime;

namespace FanOut.LocalCloud.Lambda;

/// <summary>A function as a resource of the API: its configuration, its revision, and how its last update went. Thread-safe.</summary>
public sealed class LambdaFunction
{
    private readonly object _gate = new();
    private readonly TimeProvider _time;
    private readonly Lazy<(long Size, string Sha256)> _code;
    private volatile FunctionRevision _revision;

    internal LambdaFunction(string arn, IFunctionInvoker invoker, FunctionConfiguration configuration, TimeProvider time)
    {
        (Arn, Invoker, _time) = (arn, invoker, time);
        _code = new(ReadCode);
        _revision = new(configuration, NewId(), time.GetUtcNow(), FunctionRevision.Successful);
    }

    /// <summary>The ARN, without a qualifier.</summary>
    public string Arn { get; }

    /// <summary>The name.</summary>
    public string Name => DestinationName.Short(Arn);

    /// <summary>The configuration as the API tells it, with every update that was asked for.</summary>
    public FunctionConfiguration Configuration => _revision.Configuration;

    /// <summary>The id that changes with every update, and once more when the update is done.</summary>
    public string RevisionId => _revision.Id;

    /// <summary>Whether an update was asked for that is not in force yet: <c>LastUpdateStatus</c> <c>InProgress</c>.</summary>
    public bool IsUpdating => _revision.Status == FunctionRevision.InProgress;

    internal IFunctionInvoker Invoker { get; }

    internal FunctionRevision Revision => _revision;

    /// <summary>Size in bytes, and SHA-256 in base64, of the program; of the ARN where there is no program.</summary>
    internal (long Size, string Sha256) Code => _code.Value;

    /// <summary>Begins an update and does not wait: callers of the API see it in progress.</summary>
    /// <param name="revisionId">The revision that the caller saw last; null updates any.</param>
    /// <param name="change">Makes the new configuration.</param>
    /// <param name="duration">How long the update is in progress before it is in force.</param>
    /// <returns>The revision that the caller is answered.</returns>
    /// <exception cref="ServiceException">
    /// PreconditionFailedException: the function has changed since; ResourceConflictException: the last update is not done.
    /// </exception>
    internal FunctionRevision Update(string? revisionId, Func<FunctionConfiguration, FunctionConfiguration> change, TimeSpan duration)
    {
        lock (_gate)
        {
            if (revisionId is not null && revisionId != _revision.Id)
            {
                throw new ServiceException(
                    "PreconditionFailedException",
                    "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id",
                    412);
            }

            if (IsUpdating)
            {
                throw new ServiceException(
                    "ResourceConflictException",
                    $"The operation cannot be performed at this time. An update is in progress for resource: {Arn}",
                    409);
            }

            var begun = new FunctionRevision(change(_revision.Configuration), NewId(), _time.GetUtcNow(), FunctionRevision.InProgress);
            _revision = begun;
            _ = ApplyAsync(begun, duration);
            return begun;
        }
    }

    private async Task ApplyAsync(FunctionRevision begun, TimeSpan duration)
    {
        if (duration > TimeSpan.Zero)
        {
            await Task.Delay(duration, _time, CancellationToken.None).ConfigureAwait(false);
        }

        var replaced = Invoker is LocalFunction local ? local.UpdateAsync(local.Options.With(begun.Configuration)) : Task.CompletedTask;
        _revision = begun with { Id = NewId(), Status = FunctionRevision.Successful };
        await replaced.ConfigureAwait(false);
    }

    private (long Size, string Sha256) ReadCode()
    {
        if (Invoker is not LocalFunction local)
        {
            return (Arn.Length, Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Arn))));
        }

        using var program = File.OpenRead(ProcessEnvironment.Find(local.Options.Program));
        return (program.Length, Convert.ToBase64String(SHA256.HashData(program)));
    }

    private static string NewId() => Guid.NewGuid().ToString();
}
