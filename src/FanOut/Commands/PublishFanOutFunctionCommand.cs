using System.Collections;
using System.Globalization;
using System.Management.Automation;
using FanOut.Abstractions;
using FanOut.Completion;
using FanOut.Deployment;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Parameters;
using FanOut.Sources;

namespace FanOut.Commands;

/// <summary>Publishes a fan-out function: creates the table, the role, the log group and the function if they are missing, and gives existing ones the settings that are named.</summary>
/// <remarks>
/// <para>Defaults apply to what is created. Of an existing function only the settings that are given are changed, and its code if the module holds another package. A second run changes nothing; after a failure half way it goes on where it stopped. -WhatIf shows each change and makes none.</para>
/// <para>The table pays per request, can be recovered to any second of the last 35 days, and is protected against deletion; a row with an attribute 'expires', in seconds since 1970, is deleted at that time. The role may do exactly what Get-FanOutPolicy shows, in its inline policy FanOut-(function) and, if that is too small, in managed policies FanOut-(function)-2 and so on in the path /fanout/. Everything that is created has the tag fanout:function.</para>
/// <para>With -Alias or -PublishVersion the function reports which records of a batch failed (FANOUT_BATCH_ITEM_FAILURES=true) before the version is made, because a version's variables cannot be changed later; but not while an event source mapping that does not ask for that report calls the function, and not if -Environment says otherwise. An event source mapping that is made with another tool then needs ReportBatchItemFailures, as Connect-FanOutSource sets it: without it failed records are lost.</para>
/// <para>A function that the bash CLI of aws-lambda-fanout made is upgraded in place: the same table, the same event source mappings. Its old code is kept as a version first, and a warning says how to go back to it. Then runtime and code are switched; an invocation in between fails, and its records are sent again. At the end the policies that the CLI gave the role are removed, and the event source mappings get ReportBatchItemFailures.</para>
/// <para>At the end the function is invoked once, to see whether it runs (see -SkipTest).</para>
/// <para>A function that does not look like a fan-out function is an error, unless -Force is given. Connect-FanOutSource and Register-FanOutTarget come next.</para>
/// </remarks>
/// <example>
/// <code>Publish-FanOutFunction</code>
/// <para>Publishes the function fanout for arm64, with the table fanoutTargets and the role fanoutRole.</para>
/// </example>
/// <example>
/// <code>Publish-FanOutFunction -MemorySize 256 -Timeout 60 -LogRetentionDays 30 -Tag @{ team = 'data' } -WhatIf</code>
/// <para>Shows what would be changed to give the function fanout these settings.</para>
/// </example>
/// <example>
/// <code>Publish-FanOutFunction -FunctionName fanout-vpc -Subnet subnet-0a1b2c3d, subnet-1a1b2c3d -SecurityGroup sg-0a1b2c3d -Alias live</code>
/// <para>Publishes a function in a VPC, from where it reaches Memcached and Redis, and lets the alias live name its newest version.</para>
/// </example>
[Cmdlet(VerbsData.Publish, "FanOutFunction", HelpUri = ProjectAddress.CmdletPages + "Publish-FanOutFunction.md", SupportsShouldProcess = true)]
[OutputType(typeof(FanOutFunction))]
public sealed class PublishFanOutFunctionCommand : DeploymentCommand
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

    /// <summary>Publishes a version of the function, unless nothing has changed since the last one.</summary>
    [Parameter]
    public SwitchParameter PublishVersion { get; set; }

    /// <summary>An alias that is set to that version, and created if it is missing. Implies -PublishVersion.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(AliasCompleter))]
    public string? Alias { get; set; }

    /// <summary>A zip of your own instead of the module's package: with the executable program bootstrap for Linux at its root, or, for the runtime dotnet10, with bootstrap.dll. What the function could not start is an error. A new function gets the runtime and the processor of the package, unless -Runtime and -Architecture name others.</summary>
    [Parameter]
    public string? PackagePath { get; set; }

    /// <summary>Leaves the role's policies alone, for people who may not change them: Get-FanOutPolicy shows what the role must be allowed.</summary>
    [Parameter]
    public SwitchParameter SkipPolicy { get; set; }

    /// <summary>Replaces the code of a function that does not look like a fan-out function.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Waits until the function is active. On by default; -Wait:$false returns when the last change has begun, without a test.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; } = true;

    /// <summary>Does not invoke the function when it is published. Without it the function is invoked once, as soon as it is active, with an event of FanOut's own: it answers with its version, and touches no target. That it does not run is an error then. Needs lambda:InvokeFunction; without that it is a warning.</summary>
    [Parameter]
    public SwitchParameter SkipTest { get; set; }

    /// <inheritdoc/>
    private protected override string Activity => $"Publishing the function {Function.Name}";

    /// <inheritdoc/>
    private protected override void ProcessObject()
    {
        PublishSettings settings = Settings();
        Publication plan = Await(new PlanPublication(FunctionSession, settings, MappingsIn, Time, Warn).PlanAsync(StopToken));
        if (plan.Changes.Count == 0)
        {
            WriteVerbose($"The function {settings.Name} needs no change.");
        }

        Func<Task>? active = Wait ? () => new FunctionConfigurations(FunctionSession, Function, Time).SettledAsync(WaitTimeout, StopToken) : null;
        if (!Run(plan.Changes, active))
        {
            return;
        }

        FunctionTest? test = Wait && !SkipTest ? Test(settings) : null;
        WriteObject(ReadAndDescribe(test?.Problem));
        if (test?.Problem is { } problem)
        {
            Fail(FanOutError.FunctionTestFailed(settings.Name, FunctionSession.Region, problem));
        }
    }

    private FunctionTest? Test(PublishSettings settings)
    {
        FunctionTest? test = null;
        string alias = settings.Alias is null ? "" : $", alias {settings.Alias}";
        Run([new Change($"function {settings.Name} in {FunctionSession.Region}{alias}", "Invoke once with an event of FanOut's own, which touches no target, to see whether it runs", async c =>
            test = await TestFunction.RunAsync(FunctionSession, Function, settings.Alias, c).ConfigureAwait(false))]);
        if (test?.Untested is { } untested)
        {
            WriteWarning($"Whether the function {settings.Name} runs was not tested, because {untested}");
        }
        else if (test is { Problem: null })
        {
            WriteVerbose($"The function {settings.Name} runs{(test.Version is { } version ? $": FanOut {version}" : "")}.");
        }

        return test;
    }

    private PublishSettings Settings()
    {
        if (Function.Qualifier is not null)
        {
            throw FanOutError.InvalidParameter(nameof(FunctionName), FunctionName, $"'{FunctionName}' names an alias or version: give the function's name alone, and -Alias.");
        }

        return new PublishSettings
        {
            Function = Function,
            Table = GivenTable,
            Role = Checked(nameof(Role), Role, static r => !Arn.Looks(r) || (Arn.TryParse(r, out Arn? arn) && arn is { Service: "iam", ResourceType: "role" }), "is not the name or ARN of a role"),
            Subnets = List(Subnet),
            SecurityGroups = List(SecurityGroup),
            Memory = InRange(nameof(MemorySize), MemorySize, 128, 10_240),
            Timeout = Timeout is { } timeout ? TimeSpan.FromSeconds(InRange(nameof(Timeout), (int)timeout.TotalSeconds, 1, 900)!.Value) : null,
            Architecture = NullIfEmpty(Architecture)?.ToLowerInvariant(),
            Runtime = Checked(nameof(Runtime), NullIfEmpty(Runtime), static r => FunctionRuntime.IsProvided(r) || FunctionRuntime.IsPortable(r), $"does not run fan-out functions: {PublishSettings.DefaultRuntime} and {PublishSettings.PortableRuntime} do"),
            Environment = Variables(),
            Tags = Tag is null ? null : Texts(Tag).ToDictionary(static t => t.Key, static t => t.Value ?? ""),
            KmsKeyArn = Checked(nameof(KmsKeyArn), KmsKeyArn, static k => k.Length == 0 || (Arn.TryParse(k, out Arn? arn) && arn.Service == "kms"), "is not the ARN of a key"),
            ResourceKeys = ResourceKmsKeyArn is { } keys ? [.. keys.SelectMany(static k => k.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Select(static k =>
                Checked(nameof(ResourceKmsKeyArn), k, static t => Arn.TryParse(t, out Arn? arn) && arn is { Service: "kms", Account: not "", ResourceType: "key" }, "is not the ARN of a key, arn:aws:kms:region:account:key/id. An alias is not one")!)] : null,
            LogRetentionDays = LogRetentionDays,
            Metrics = NullIfEmpty(Metrics)?.ToLowerInvariant(),
            ReservedConcurrency = InRange(nameof(ReservedConcurrency), ReservedConcurrency, -1, int.MaxValue),
            PublishVersion = PublishVersion,
            Alias = NullIfEmpty(Alias),
            PackagePath = NullIfEmpty(PackagePath) is { } path ? GetUnresolvedProviderPathFromPSPath(path) : null,
            SkipPolicy = SkipPolicy,
            Force = Force,
            Patience = WaitTimeout,
        };
    }

    // Lambda refuses subnets without security groups, and the other way round, but only after the table and the role were made.
    private IReadOnlyList<string>? List(string[]? given)
    {
        if (Subnet is null != SecurityGroup is null || Subnet is [] != SecurityGroup is [])
        {
            throw FanOutError.InvalidParameter(Subnet is null or [] ? nameof(Subnet) : nameof(SecurityGroup), null, "is missing: -Subnet and -SecurityGroup go together.");
        }

        return given is null ? null : [.. given.SelectMany(static g => g.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct()];
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

    private static string? Checked(string parameter, string? value, Func<string, bool> isGood, string problem) => value is null || isGood(value)
        ? value
        : throw FanOutError.InvalidParameter(parameter, value, $"'{value}' {problem}.");
}
