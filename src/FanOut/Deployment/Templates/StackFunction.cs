using FanOut.Aws.Lambda;

namespace FanOut.Deployment.Templates;

/// <summary>A function that is there, as it would be after Publish-FanOutFunction.</summary>
internal static class StackFunction
{
    /// <summary>The call that would create it, without its code.</summary>
    /// <param name="now">The function as it is.</param>
    /// <param name="variables">Its variables.</param>
    /// <param name="isUpgrade">Whether it is the original aws-lambda-fanout, which is upgraded.</param>
    /// <param name="settings">What is wanted; its tags are all that the function is to have.</param>
    /// <param name="roleArn">The role that it runs with.</param>
    /// <param name="mayReport">Whether the function may answer which records failed.</param>
    public static CreateFunctionRequest Of(
        FunctionConfiguration now, IReadOnlyDictionary<string, string> variables, bool isUpgrade, PublishSettings settings, string roleArn, bool mayReport)
    {
        UpdateFunctionConfigurationRequest changes = FunctionChanges.Of(now, variables, settings, roleArn, isUpgrade, mayReport).Request;
        return new CreateFunctionRequest
        {
            FunctionName = settings.Name,
            Description = now.Description is { Length: > 0 } description ? description : null,
            Code = new FunctionCode { ZipFile = default },
            Runtime = changes.Runtime ?? now.Runtime ?? PublishSettings.DefaultRuntime,
            Handler = changes.Handler ?? now.Handler ?? PublishSettings.Handler,
            Architectures = [FunctionChanges.ArchitectureOf(now, settings, isUpgrade)],
            Role = roleArn,
            MemorySize = changes.MemorySize ?? now.MemorySize,
            Timeout = changes.Timeout ?? now.Timeout,
            Environment = new() { Variables = changes.Environment?.Variables ?? new(variables) },
            VpcConfig = (changes.VpcConfig ?? new() { SubnetIds = now.VpcConfig?.SubnetIds, SecurityGroupIds = now.VpcConfig?.SecurityGroupIds }) is { SubnetIds.Count: > 0 } vpc ? vpc : null,
            KMSKeyArn = (changes.KMSKeyArn ?? now.KMSKeyArn) is { Length: > 0 } key ? key : null,
            LoggingConfig = IsDefault(now.LoggingConfig, settings.Name) ? null : now.LoggingConfig,
            TracingConfig = now.TracingConfig?.Mode is { Length: > 0 } mode and not "PassThrough" ? new() { Mode = mode } : null,
            Layers = now.Layers is { Count: > 0 } layers ? [.. layers.Select(static l => l.Arn).OfType<string>()] : null,
            Tags = DeploymentTags.Of(settings.Name, settings.Tags),
        };
    }

    // Lambda tells its defaults as if they had been set.
    private static bool IsDefault(LoggingConfig? logging, string function) =>
        logging?.LogFormat is null or "Text" && (logging?.LogGroup is not { Length: > 0 } group || group == PublishLogGroup.DefaultName(function));
}
