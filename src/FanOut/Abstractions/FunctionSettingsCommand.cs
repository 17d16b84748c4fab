using System.Collections;
using System.ComponentModel;
using System.Management.Automation;
using FanOut.Completion;
using FanOut.Deployment;
using FanOut.Errors;
using FanOut.Parameters;

namespace FanOut.Abstractions;

/// <summary>Base of the cmdlets that take the settings of a fan-out function.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class FunctionSettingsCommand : DeploymentCommand, IFunctionParameters
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
    private protected PublishSettings FunctionSettings() => GivenFunction.Of(this, Function, GivenTable);
}
