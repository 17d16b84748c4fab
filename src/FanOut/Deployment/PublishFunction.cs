using Amazon.Runtime;
using FanOut.Aws.Lambda;
using FanOut.Credentials;
using FanOut.Errors;
using FanOut.Sources;

namespace FanOut.Deployment;

/// <summary>The function itself: its settings, its package, its tags, its reserved concurrency.</summary>
/// <param name="session">Who calls, in the function's region.</param>
/// <param name="settings">What is wanted.</param>
/// <param name="roleArn">The role that it runs with.</param>
/// <param name="mayReport">
/// Whether the function may answer which records failed: only if every event source mapping that calls it asks for that. One that does not would take
/// the answer for success.
/// </param>
/// <param name="time">The clock of waits.</param>
internal sealed class PublishFunction(AwsSession session, PublishSettings settings, string roleArn, bool mayReport, TimeProvider time)
{
    private readonly FunctionConfigurations _configurations = new(session, settings.Function, time);
    private readonly string _target = $"function {settings.Name} in {session.Region}";

    private AmazonLambdaClient Client => session.Lambda();

    /// <summary>The changes that create the function; only reads.</summary>
    public async Task<IReadOnlyList<Change>> PlanNewAsync(CancellationToken cancellationToken)
    {
        CreateFunctionRequest request = NewFunction.Of(settings, roleArn, mayReport);
        string runtime = request.Runtime!, architecture = request.Architectures![0];
        DeploymentPackage package = await DeploymentPackage.ReadAsync(settings.PackagePath, runtime, architecture, cancellationToken).ConfigureAwait(false);
        request.Code = new FunctionCode { ZipFile = package.Zip };
        request.Tags = DeployedCode.Tag(request.Tags, package);
        return
        [
            new(_target, $"Create: {runtime}, {architecture}, memory {request.MemorySize}, timeout {request.Timeout}", c => WithRoleAsync(d => Client.CreateFunctionAsync(request, d), c)),
            .. PlanConcurrency(null),
        ];
    }

    /// <summary>The changes of an existing function; only reads.</summary>
    /// <param name="now">The function.</param>
    /// <param name="isUpgrade">Whether it is the original aws-lambda-fanout, which is upgraded.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<IReadOnlyList<Change>> PlanChangesAsync(DeployedFunction now, bool isUpgrade, CancellationToken cancellationToken)
    {
        List<Change> changes = [];
        FunctionConfiguration configuration = now.Configuration!;
        IReadOnlyDictionary<string, string> variables = settings.Environment is null && settings.Metrics is null && settings.Table is null
            ? new Dictionary<string, string>(configuration.Environment?.Variables ?? []) : _configurations.Readable(configuration);
        FunctionChanges wanted = FunctionChanges.Of(
            configuration, variables, settings, roleArn, isUpgrade, mayReport && FunctionConfigurations.AreReadable(configuration));
        if (wanted.Any)
        {
            changes.Add(new(_target, wanted.Action, async c =>
            {
                await SettleAsync(c).ConfigureAwait(false);
                await WithRoleAsync(d => Client.UpdateFunctionConfigurationAsync(wanted.Request, d), c).ConfigureAwait(false);
            }) { Attributes = wanted.Attributes, IsOfVersions = true });
        }

        string architecture = FunctionChanges.ArchitectureOf(configuration, settings, isUpgrade);
        DeploymentPackage package = await DeploymentPackage.ReadAsync(
            settings.PackagePath, wanted.Request.Runtime ?? configuration.Runtime ?? PublishSettings.DefaultRuntime, architecture, cancellationToken).ConfigureAwait(false);
        changes.AddRange(PlanCode(configuration, package, architecture));
        if (DeploymentTags.Missing(DeployedCode.Tag(settings.Tags, package), now.Tags) is { Count: > 0 } missing)
        {
            changes.Add(new(_target, DeploymentTags.Action(missing), c => Client.TagResourceAsync(
                new TagResourceRequest { Resource = configuration.FunctionArn!, Tags = missing }, c)));
        }

        changes.AddRange(PlanConcurrency(now.ReservedConcurrency));
        return changes;
    }

    // A role that was made a moment ago is not known everywhere yet; one that is not known after a minute is wrong.
    private async Task<T> WithRoleAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await Retry.WhileRoleIsNewAsync(call, settings.Patience, time, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonServiceException e) when (Retry.IsRoleNew(e))
        {
            throw FanOutError.RoleUnusable(settings.Name, roleArn, e);
        }
    }

    // Waits until the last change has ended, even if it failed: the change that follows may repair that.
    private Task<FunctionConfiguration> SettleAsync(CancellationToken cancellationToken) => _configurations.RestingAsync(settings.Patience, cancellationToken);

    private IReadOnlyList<Change> PlanCode(FunctionConfiguration configuration, DeploymentPackage package, string architecture)
    {
        bool changesProcessor = configuration.Architectures?.Contains(architecture) != true && (configuration.Architectures is { Count: > 0 } || architecture != "x86_64");
        if (package.Sha256 == configuration.CodeSha256 && !changesProcessor)
        {
            return [];
        }

        return [new(_target, changesProcessor ? $"Update the code, for {architecture}" : "Update the code", async c =>
        {
            await SettleAsync(c).ConfigureAwait(false);
            await Client.UpdateFunctionCodeAsync(
                new UpdateFunctionCodeRequest
                {
                    FunctionName = settings.Function.FunctionName,
                    ZipFile = package.Zip,
                    Architectures = changesProcessor ? [architecture] : null,
                },
                c).ConfigureAwait(false);
        }) { IsOfVersions = true }];
    }

    private IEnumerable<Change> PlanConcurrency(int? now)
    {
        if (settings.ReservedConcurrency is not { } wanted || wanted == (now ?? -1))
        {
            yield break;
        }

        yield return new(_target, wanted < 0 ? "Reserve no concurrency" : $"Reserve a concurrency of {wanted}", async c =>
        {
            await SettleAsync(c).ConfigureAwait(false);
            _ = wanted < 0
                ? (object)await Client.DeleteFunctionConcurrencyAsync(new DeleteFunctionConcurrencyRequest { FunctionName = settings.Function.FunctionName }, c).ConfigureAwait(false)
                : await Client.PutFunctionConcurrencyAsync(
                    new PutFunctionConcurrencyRequest { FunctionName = settings.Function.FunctionName, ReservedConcurrentExecutions = wanted }, c).ConfigureAwait(false);
        });
    }
}
