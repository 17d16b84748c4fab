using System.Collections;
using System.ComponentModel;
using System.Globalization;
using System.Management.Automation;
using FanOut.Completion;
using FanOut.Deployment;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Parameters;

namespace FanOut.Abstractions;

/// <summary>Base of the cmdlets that take the settings of a fan-out function.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class FunctionSettingsCommand : DeploymentCommand
{
    /// <inheritdoc/>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("FunctionArn")]
    [ArgumentCompleter(typeof(FunctionCompleter))]
    public override string? FunctionName { get; set; }

    /// <summary>The role that the function runs with: a name, which is made if it is not there, or an ARN, which is used as it is, without any call to IAM. Default: the function's name followed by Role; for an existing function, its role.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RoleCompleter))]
    public string? Role { get; set; }

    /// <summary>Subnets that connect the function to a VPC; goes with -SecurityGroup. An empty array disconnects it.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SubnetCompleter))]
    public string[]? Subnet { get; set; }

    /// <summary>Security groups of the function in the VPC; goes with -Subnet.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SecurityGroupCompleter))]
    public string[]? SecurityGroup { get; set; }

    /// <summary>Memory in MB, 128 to 10,240. Default: 128.</summary>
    [Parameter]
    [Alias("Memory")]
    [NullWhenEmpty(typeof(int))]
    [NotAFile]
    public int? MemorySize { get; set; }

    /// <summary>How long an invocation may last: a duration or seconds, 1 to 900. Default: 30 seconds.</summary>
    [Parameter]
    [Duration]
    [NotAFile]
    public TimeSpan? Timeout { get; set; }

    /// <summary>The processor: arm64 or x86_64. Default: arm64, or that of the program in -PackagePath.</summary>
    [Parameter]
    [OneOf("arm64", "x86_64")]
    [ArgumentCompleter(typeof(ArchitectureCompleter))]
    public string? Architecture { get; set; }

    /// <summary>The runtime of AWS Lambda: provided.al2023 for the module's programs, dotnet10 for its portable package. Default: provided.al2023, or dotnet10 if the module holds only the portable package.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RuntimeCompleter))]
    public string? Runtime { get; set; }

    /// <summary>Environment variables, as a hashtable; other variables stay. $null as a value removes a variable. Not FANOUT_TABLE and FANOUT_METRICS, which are -TableName and -Metrics. Variables whose names start with FANOUT_ are checked as the function checks them when it starts.</summary>
    [Parameter]
    [NotAFile]
    public IDictionary? Environment { get; set; }

    /// <summary>Tags of the function, the table, the log group and the role, as a hashtable; other tags stay.</summary>
    [Parameter]
    [NotAFile]
    public IDictionary? Tag { get; set; }

    /// <summary>The ARN of the key of AWS KMS that encrypts the function's environment variables. Default: a key of AWS itself; an empty text goes back to it.</summary>
    [Parameter]
    [NotAFile]
    public string? KmsKeyArn { get; set; }

    /// <summary>ARNs of keys of AWS KMS that encrypt sources, targets, dead letters or the table, where they cannot be found by looking at these: the function's role may use them. They are kept, also when targets change, until others are given; an empty array forgets them.</summary>
    [Parameter]
    [NotAFile]
    public string[]? ResourceKmsKeyArn { get; set; }

    /// <summary>How many days logs are kept: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653. Default: for ever.</summary>
    [Parameter]
    [NullWhenEmpty(typeof(int))]
    [LogRetention]
    [ArgumentCompleter(typeof(LogRetentionCompleter))]
    public int? LogRetentionDays { get; set; }

    /// <summary>Where the function's metrics go: emf (into its log, from where CloudWatch takes them), cloudwatch (it calls CloudWatch with each batch) or none. Default: emf.</summary>
    [Parameter]
    [OneOf("cloudwatch", "emf", "none")]
    [ArgumentCompleter(typeof(MetricsCompleter))]
    public string? Metrics { get; set; }

    /// <summary>How many invocations may run at once, taken from those of the account; -1 removes the reservation. Default: nothing is reserved.</summary>
    [Parameter]
    [NullWhenEmpty(typeof(int))]
    [NotAFile]
    public int? ReservedConcurrency { get; set; }

    /// <summary>What the parameters want.</summary>
    /// <exception cref="FanOutException">InvalidParameter.</exception>
    private protected PublishSettings FunctionSettings()
    {
        if (Function.Qualifier is not null)
        {
            throw FanOutError.InvalidParameter(nameof(FunctionName), FunctionName, $"'{FunctionName}' names an alias or version: give the function's name alone, and -Alias.");
        }

        return new PublishSettings
        {
            Function = Function,
            Table = GivenTable,
            Role = Checked(nameof(Role), Role, static r => Arn.Looks(r) ? Arn.TryParse(r, out Arn? arn) && arn is { Service: "iam", ResourceType: "role" } : PublishRole.IsName(r), $"is not the name or ARN of a role; a name has up to {PublishRole.MostOfName} letters, digits and _+=,.@-, and no path"),
            Subnets = List(nameof(Subnet), Subnet, "subnet-"),
            SecurityGroups = List(nameof(SecurityGroup), SecurityGroup, "sg-"),
            Memory = InRange(nameof(MemorySize), MemorySize, 128, 10_240),
            Timeout = Timeout is { } timeout ? TimeSpan.FromSeconds(InRange(nameof(Timeout), (int)timeout.TotalSeconds, 1, 900)!.Value) : null,
            Architecture = NullIfEmpty(Architecture)?.ToLowerInvariant(),
            Runtime = Checked(nameof(Runtime), NullIfEmpty(Runtime), static r => FunctionRuntime.IsProvided(r) || FunctionRuntime.IsPortable(r), $"does not run fan-out functions: {PublishSettings.DefaultRuntime} and {PublishSettings.PortableRuntime} do"),
            Environment = Variables(),
            Tags = Tag is null ? null : CheckTags.Checked(Texts(Tag).ToDictionary(static t => t.Key, static t => t.Value ?? "")),
            KmsKeyArn = Checked(nameof(KmsKeyArn), KmsKeyArn, static k => k.Length == 0 || (Arn.TryParse(k, out Arn? arn) && arn.Service == "kms"), "is not the ARN of a key"),
            ResourceKeys = ResourceKmsKeyArn is { } keys ? [.. keys.SelectMany(static k => k.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Select(static k =>
                Checked(nameof(ResourceKmsKeyArn), k, static t => Arn.TryParse(t, out Arn? arn) && arn is { Service: "kms", Account: not "", ResourceType: "key" }, "is not the ARN of a key, arn:aws:kms:region:account:key/id. An alias is not one")!)] : null,
            LogRetentionDays = LogRetentionDays,
            Metrics = NullIfEmpty(Metrics)?.ToLowerInvariant(),
            ReservedConcurrency = InRange(nameof(ReservedConcurrency), ReservedConcurrency, -1, int.MaxValue),
        };
    }

    // Lambda refuses subnets without security groups, and the other way round, but only after the table and the role were made.
    private string[]? List(string parameter, string[]? given, string prefix)
    {
        if (Subnet is null != SecurityGroup is null || Subnet is [] != SecurityGroup is [])
        {
            throw FanOutError.InvalidParameter(Subnet is null or [] ? nameof(Subnet) : nameof(SecurityGroup), null, "is missing: -Subnet and -SecurityGroup go together.");
        }

        string[]? ids = given is null ? null : [.. given.SelectMany(static g => g.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct()];
        return ids?.FirstOrDefault(i => !i.StartsWith(prefix, StringComparison.Ordinal) || !i.Skip(prefix.Length).All(char.IsAsciiLetterOrDigit)) is { } wrong
            ? throw FanOutError.InvalidParameter(parameter, wrong, $"'{wrong}' is not an id, such as {prefix}0a1b2c3d. Tab completion shows those that there are, with their names.")
            : ids;
    }

    private Dictionary<string, string?>? Variables()
    {
        if (Environment is null)
        {
            return null;
        }

        Dictionary<string, string?> variables = Texts(Environment);
        return CheckVariables.FindProblem(variables) is var (variable, problem)
            ? throw FanOutError.InvalidParameter(nameof(Environment), variable, problem)
            : variables;
    }

    private static Dictionary<string, string?> Texts(IDictionary given) => given.Keys.Cast<object>().ToDictionary(
        static k => $"{k}",
        k => (given[k] is PSObject wrapped ? wrapped.BaseObject : given[k]) is { } value ? Convert.ToString(value, CultureInfo.InvariantCulture) : null);

    private static int? InRange(string parameter, int? value, int least, int most) => value is null || (value >= least && value <= most)
        ? value
        : throw FanOutError.InvalidParameter(parameter, value, string.Create(CultureInfo.InvariantCulture, $"is {value}; {least} to {most} are allowed."));

    private protected static string? Checked(string parameter, string? value, Func<string, bool> isGood, string problem) => value is null || isGood(value)
        ? value
        : throw FanOutError.InvalidParameter(parameter, value, $"'{value}' {problem}.");
}
