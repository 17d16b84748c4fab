using System.Management.Automation;
using FanOut.Abstractions;
using FanOut.Completion;
using FanOut.Deployment;
using FanOut.Errors;
using FanOut.Parameters;

namespace FanOut.Commands;

/// <summary>Publishes a fan-out function: creates the table, the role, the log group and the function if they are missing, and gives existing ones the settings that are named.</summary>
/// <remarks>
/// <para>Defaults apply to what is created. Of an existing function only the settings that are given are changed, and its code if the module holds another package. A second run changes nothing; after a failure half way it goes on where it stopped. -WhatIf shows each change and makes none.</para>
/// <para>The table pays per request, can be recovered to any second of the last 35 days, and is protected against deletion; a row with an attribute 'expires', in seconds since 1970, is deleted at that time. The role may do exactly what Get-FanOutPolicy shows, and use the keys of AWS KMS that were found or given, in its inline policy FanOut-(function) and, if that is too small, in managed policies FanOut-(function)-2 and so on in the path /fanout/. Everything that is created has the tag fanout:function.</para>
/// <para>With -Alias or -PublishVersion the function reports which records of a batch failed (FANOUT_BATCH_ITEM_FAILURES=true) before the version is made, because a version's variables cannot be changed later; but not while an event source mapping that does not ask for that report calls the function, and not if -Environment says otherwise. An event source mapping that is made with another tool then needs ReportBatchItemFailures, as Connect-FanOutSource sets it: without it failed records are lost.</para>
/// <para>A function that the bash CLI of aws-lambda-fanout made is upgraded in place: the same table, the same event source mappings. Its old code is kept as a version first, and a warning says how to go back to it. Then runtime and code are switched; an invocation in between fails, and its records are sent again. At the end the policies that the CLI gave the role are removed, and the event source mappings get ReportBatchItemFailures.</para>
/// <para>At the end the function is invoked once, to see whether it runs (see -SkipTest).</para>
/// <para>The property Problems of what comes out says what the function does not reach: of one in a VPC, the services of its table and its enabled targets for which the VPC has neither an endpoint nor a NAT gateway. Where the VPC may not be looked at (ec2:DescribeRouteTables, ec2:DescribeVpcEndpoints), a warning lists them.</para>
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
public sealed class PublishFanOutFunctionCommand : FunctionSettingsCommand
{
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

    /// <summary>How long to wait for each change: a duration ('00:05:00') or seconds. Default: 5 minutes.</summary>
    [Parameter]
    [Duration]
    [NotAFile]
    public TimeSpan WaitTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    private protected override void TellUnseenNetwork(string text) => WriteWarning(text);

    /// <inheritdoc/>
    private protected override void ProcessObject()
    {
        PublishSettings settings = Settings();
        if (!Publish(settings, Wait))
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

    // https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html
    private static bool IsAlias(string name) =>
        name.Length <= 128 && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') && !name.All(char.IsAsciiDigit);

    private PublishSettings Settings() => FunctionSettings() with
    {
        PublishVersion = PublishVersion,
        Alias = GivenFunction.Checked(nameof(Alias), NullIfEmpty(Alias), IsAlias, "is not a name for an alias: up to 128 letters, digits, hyphens and underscores, and not only digits"),
        PackagePath = NullIfEmpty(PackagePath) is { } path ? GetUnresolvedProviderPathFromPSPath(path) : null,
        SkipPolicy = SkipPolicy,
        Force = Force,
        Patience = WaitTimeout,
    };
}
