using System.Globalization;
using FanOut.Aws.Lambda;
using FanOut.Credentials;

namespace FanOut.Deployment;

/// <summary>The version that is published of the function after all other changes, and the alias that names it.</summary>
/// <param name="session">Who calls, in the function's region.</param>
/// <param name="settings">What is wanted.</param>
/// <param name="settle">Waits until the changes of the function have taken effect.</param>
internal sealed class PublishVersions(AwsSession session, PublishSettings settings, Func<CancellationToken, Task> settle)
{
    private readonly string _target = $"function {settings.Name} in {session.Region}";

    private AmazonLambdaClient Client => session.Lambda();

    /// <summary>Makes the plan; only reads.</summary>
    /// <param name="now">The function; null: it is yet to be created.</param>
    /// <param name="isChanging">Whether the function will be changed before.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<IReadOnlyList<Change>> PlanAsync(FunctionConfiguration? now, bool isChanging, CancellationToken cancellationToken)
    {
        if (!settings.MakesVersion)
        {
            return [];
        }

        List<Change> changes = [];
        FunctionConfiguration? last = now is null ? null : await LastAsync(cancellationToken).ConfigureAwait(false);
        string? version = last is not null && !isChanging && AreSame(last, now!) ? last.Version : null;
        if (version is null)
        {
            changes.Add(new(_target, "Publish a version", async c =>
            {
                await settle(c).ConfigureAwait(false);
                version = (await Client.PublishVersionAsync(new PublishVersionRequest { FunctionName = settings.Function.FunctionName }, c).ConfigureAwait(false)).Version;
            }));
        }

        if (settings.Alias is { } name)
        {
            AliasConfiguration? alias = now is null ? null : await AliasAsync(name, cancellationToken).ConfigureAwait(false);
            string target = $"alias {name} of {_target}";
            if (alias is null)
            {
                changes.Add(new(target, "Create", c => Client.CreateAliasAsync(
                    new CreateAliasRequest { FunctionName = settings.Function.FunctionName, Name = name, FunctionVersion = version! }, c)));
            }
            else if (alias.FunctionVersion != version)
            {
                changes.Add(new(target, version is null ? "Let it name the version that is published" : $"Let it name version {version}", c => Client.UpdateAliasAsync(
                    new UpdateAliasRequest { FunctionName = settings.Function.FunctionName, Name = name, FunctionVersion = version }, c)));
            }
        }

        return changes;
    }

    private async Task<FunctionConfiguration?> LastAsync(CancellationToken cancellationToken)
    {
        FunctionConfiguration? last = null;
        string? marker = null;
        do
        {
            ListVersionsByFunctionResponse page = await Client.ListVersionsByFunctionAsync(
                new ListVersionsByFunctionRequest { FunctionName = settings.Function.FunctionName, Marker = marker }, cancellationToken).ConfigureAwait(false);
            last = (page.Versions ?? []).Append(last).Where(static v => NumberOf(v) > 0).MaxBy(NumberOf);
            marker = page.NextMarker;
        }
        while (marker is not null);
        return last;
    }

    private async Task<AliasConfiguration?> AliasAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await Client.GetAliasAsync(new GetAliasRequest { FunctionName = settings.Function.FunctionName, Name = name }, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonLambdaException e) when (e.ErrorCode == "ResourceNotFoundException")
        {
            return null;
        }
    }

    private static int NumberOf(FunctionConfiguration? version) => int.TryParse(version?.Version, CultureInfo.InvariantCulture, out int number) ? number : 0;

    // Lambda makes no version either if nothing has changed since the last one. This comparison only spares the call, and is for what the module can change.
    private static bool AreSame(FunctionConfiguration one, FunctionConfiguration other) =>
        one.CodeSha256 == other.CodeSha256 && one.Runtime == other.Runtime && one.Handler == other.Handler && one.Role == other.Role
        && one.MemorySize == other.MemorySize && one.Timeout == other.Timeout && (one.KMSKeyArn ?? "") == (other.KMSKeyArn ?? "")
        && (one.Architectures ?? []).SequenceEqual(other.Architectures ?? [])
        && (one.VpcConfig?.SubnetIds ?? []).SequenceEqual(other.VpcConfig?.SubnetIds ?? [])
        && (one.VpcConfig?.SecurityGroupIds ?? []).SequenceEqual(other.VpcConfig?.SecurityGroupIds ?? [])
        && (one.Environment?.Variables ?? []).ToHashSet().SetEquals(other.Environment?.Variables ?? []);
}
