using FanOut.LocalCloud.Lambda.Runtime;
using FanOut.LocalCloud.Sts;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Lambda.Deployment;

/// <summary>The environment of deployed functions: the cloud that they call, and this machine.</summary>
internal sealed class FunctionHost
{
    // Longer than any execution environment of Lambda lives.
    private static readonly TimeSpan SessionDuration = TimeSpan.FromHours(12);

    private readonly Cloud _cloud;

    public FunctionHost(Cloud cloud, LambdaServiceOptions options)
    {
        (_cloud, Time) = (cloud, options.TimeProvider);
        Role = new(cloud.Iam, cloud.Access);
        Arm64Emulator = options.Arm64Emulator is { } emulator ? Find(emulator) : null;
    }

    public TimeProvider Time { get; }

    public ExecutionRole Role { get; }

    /// <summary>The emulator's file; null if it is not installed or not wanted.</summary>
    public string? Arm64Emulator { get; }

    /// <summary>The output of a function.</summary>
    public FunctionOutput Output(string arn, string version, LambdaFunctionConfiguration configuration) => new(_cloud, arn, version, configuration);

    /// <summary>Checks that the role of a configuration has the permissions that it needs.</summary>
    /// <exception cref="ServiceException">AccessDeniedException, InvalidParameterValueException.</exception>
    public void Check(string functionArn, LambdaFunctionConfiguration configuration, bool isNew)
    {
        if (isNew)
        {
            Role.CheckTrust(configuration.Role!, functionArn);
        }

        if (configuration.Others.TryGetValue("VpcConfig", out var vpc) && vpc.Items("SubnetIds").Count > 0)
        {
            Role.CheckNetwork(configuration.Role!, functionArn);
        }
    }

    /// <summary>How a function's processes are started, with credentials of a new session of its role.</summary>
    public LocalFunctionOptions Options(
        string arn, string version, LambdaFunctionConfiguration configuration, DeployedProgram program, FunctionOutput output)
    {
        // The role may have been deleted meanwhile; then the credentials allow nothing.
        RoleSession? session = _cloud.Iam.Find(configuration.Role!) is { } role ? _cloud.Sts.Open(role, DestinationName.Short(arn), SessionDuration) : null;
        var options = new LocalFunctionOptions
        {
            Name = DestinationName.Short(arn),
            Program = program.Path!,
            Emulator = program.Emulator,
            EndpointUrl = _cloud.Endpoint,
            Region = ArnText.Part(arn, 3),
            AccountId = ArnText.Part(arn, 4),
            AccessKeyId = session?.AccessKeyId ?? "ASIAROLEDELETED00000",
            SecretAccessKey = session?.SecretAccessKey ?? "none",
            SessionToken = session?.SessionToken ?? "none",
            Version = version,
            LogGroupName = output.Group,
            LogStreamName = output.Stream,
            OnLogLine = output.Write,
            Architecture = configuration.Architecture,
        };
        return options.With(configuration);
    }

    private static string? Find(string program) => Path.IsPathRooted(program)
        ? File.Exists(program) ? program : null
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
