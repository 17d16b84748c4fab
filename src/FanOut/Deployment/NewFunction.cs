using FanOut.Aws.Lambda;

namespace FanOut.Deployment;

/// <summary>A function that is yet to be created, with all its settings: those that are wanted, and the defaults of the others.</summary>
internal static class NewFunction
{
    /// <summary>The description.</summary>
    public const string Description = "Sends the records of streams to the targets that its table names";

    /// <summary>The call that creates it, without its code.</summary>
    /// <param name="settings">What is wanted.</param>
    /// <param name="roleArn">The role that it runs with.</param>
    /// <param name="mayReport">
    /// Whether the function may answer which records failed: only if every event source mapping that calls it asks for that. One that does not would
    /// take the answer for success.
    /// </param>
    public static CreateFunctionRequest Of(PublishSettings settings, string roleArn, bool mayReport) => new()
    {
        FunctionName = settings.Name,
        Description = Description,
        Code = new FunctionCode { ZipFile = default },
        Runtime = DeploymentPackage.RuntimeFor(settings, File.Exists),
        Handler = PublishSettings.Handler,
        Architectures = [settings.Architecture ?? PublishSettings.DefaultArchitecture],
        Role = roleArn,
        MemorySize = settings.Memory ?? PublishSettings.DefaultMemory,
        Timeout = (int)(settings.Timeout ?? PublishSettings.DefaultTimeout).TotalSeconds,
        Environment = new() { Variables = FunctionEnvironment.Of(new Dictionary<string, string>(), settings, isNew: true, mayReport) },
        VpcConfig = settings.Subnets is { Count: > 0 } subnets ? new() { SubnetIds = [.. subnets], SecurityGroupIds = [.. settings.SecurityGroups!] } : null,
        KMSKeyArn = settings.KmsKeyArn is { Length: > 0 } key ? key : null,
        Tags = DeploymentTags.Of(settings.Name, settings.Tags),
    };
}
