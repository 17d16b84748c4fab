using System.Management.Automation;
using Amazon.Runtime;
using FanOut.Aws;
using FanOut.Aws.Lambda;
using FanOut.Deployment.Policies;
using FanOut.Engine.Mappings;

namespace FanOut.Errors;

// The function, its table, its role and its package.
internal static partial class FanOutError
{
    /// <summary>The function does not exist.</summary>
    /// <param name="function">The function, as the user named it.</param>
    /// <param name="region">Its region.</param>
    /// <param name="identity">Who looked it up.</param>
    /// <param name="nearest">The name of a function that may have been meant; null: there is none.</param>
    /// <param name="cause">Lambda's answer.</param>
    public static FanOutException FunctionNotFound(FunctionDestination function, string region, string identity, string? nearest, AmazonServiceException cause) => new(
        "FunctionNotFound", ErrorCategory.ObjectNotFound, function.Text, $"There is no Lambda function '{function.Text}' in {region} (looked up as {identity}).", cause)
    {
        Advice = nearest is null ? "Publish-FanOutFunction makes one; or give -FunctionName and -Region of the function that fans out."
            : nearest == function.Name ? $"The function '{nearest}' is there, but it has no version or alias '{function.Qualifier}'."
            : $"The nearest is '{nearest}'. Give -FunctionName and -Region of the function that fans out, or make one with Publish-FanOutFunction.",
        RequestId = cause?.RequestId,
        AwsErrorCode = cause?.ErrorCode,
    };

    /// <summary>The table of mappings does not exist.</summary>
    public static FanOutException TableNotFound(string table, string region, string identity, AmazonServiceException? cause = null) => new(
        "TableNotFound", ErrorCategory.ObjectNotFound, table, $"There is no DynamoDB table '{table}' in {region} (looked up as {identity}).", cause)
    {
        Advice = "Publish-FanOutFunction makes it, with the function; or give -FunctionName or -TableName, and -Region, of a function that is published.",
        RequestId = cause?.RequestId,
        AwsErrorCode = cause?.ErrorCode,
    };

    /// <summary>A change of the function did not end within the time.</summary>
    public static FanOutException FunctionNotActive(string function, string? state, string? update, TimeSpan waited) => new(
        "FunctionNotActive", ErrorCategory.OperationTimeout, function,
        $"The function {function} is still changing after {waited.TotalSeconds:0} s: state {state ?? "unknown"}, last update {update ?? "unknown"}.")
    {
        Advice = "Get-FanOutFunction shows how far it is, -WaitTimeout waits longer.",
    };

    /// <summary>A change of the function failed.</summary>
    public static FanOutException FunctionUpdateFailed(string function, string reason) => new(
        "FunctionUpdateFailed", ErrorCategory.InvalidResult, function, $"The function {function} could not be updated: {Sentence(reason)}");

    /// <summary>The function's variables cannot be read. To set one, all must be written, so the others would be lost.</summary>
    public static FanOutException VariablesUnreadable(string function, EnvironmentError error, string? key, string identity) => new(
        "VariablesUnreadable", ErrorCategory.PermissionDenied, function,
        $"The environment variables of the function {function} cannot be read as {identity}, so none can be set without losing the others: "
        + $"{Sentence(error.Message ?? error.ErrorCode ?? "Lambda does not say why")}")
    {
        Advice = $"Ask for kms:Decrypt on {key ?? "the key of the function's variables"}.",
        AwsErrorCode = error.ErrorCode,
    };

    /// <summary>A role's permissions do not fit into the policies that it may have.</summary>
    /// <param name="role">The role's ARN.</param>
    /// <param name="size">The characters of everything that it must be allowed.</param>
    /// <param name="missing">The statements that it cannot be given.</param>
    /// <param name="cause">IAM's answer; null: it is more than any role may have.</param>
    public static FanOutException PolicyTooLarge(string role, int size, string missing, AmazonServiceException? cause = null) => new(
        "PolicyTooLarge", ErrorCategory.LimitsExceeded, role,
        $"The permissions of {role} have {size:N0} characters, more than fits into its policies"
        + (cause is null ? $": it may have an inline one of {SplitPolicy.InlineSize:N0} and {SplitPolicy.Most - 1} managed ones of {SplitPolicy.ManagedSize:N0}" : $" ({cause.Message})")
        + $". These statements are missing: {missing}", cause)
    {
        Advice = "Let several targets share a role of their own (-DestinationRoleArn), or divide them among several functions; -SkipPolicy leaves the role's policies to you.",
        RequestId = cause?.RequestId,
        AwsErrorCode = cause?.ErrorCode,
    };

    /// <summary>The role has the policy of a function of the same name in another region.</summary>
    public static FanOutException RoleOfAnotherRegion(string role, string function, string region, string other) => new(
        "RoleOfAnotherRegion", ErrorCategory.ResourceExists, role,
        $"The role {role} is that of the function {function} in {other}: a policy for {function} in {region} would take that one's permissions away.")
    {
        Advice = "Give another -Role, or another -FunctionName.",
    };

    /// <summary>A function of that name exists, and is not a fan-out function.</summary>
    public static FanOutException FunctionNotFanOut(string function, string region, string? runtime) => new(
        "FunctionNotFanOut", ErrorCategory.ResourceExists, function,
        $"The function {function} in {region} ({runtime ?? "a container image"}) does not look like a fan-out function: it has neither the module's tag nor a variable {Engine.Settings.FunctionSettings.Prefix}….")
    {
        Advice = "Give another -FunctionName; -Force replaces its code.",
    };

    /// <summary>The variables that a function has, or would have, keep it from starting.</summary>
    /// <param name="function">The function.</param>
    /// <param name="problem">The variable, its value and what is allowed.</param>
    public static FanOutException VariablesInvalid(string function, string problem) => new(
        "VariablesInvalid", ErrorCategory.InvalidData, function, $"The function {function} could not start: {problem}")
    {
        Advice = "Give the variable an allowed value with -Environment; $null as its value removes it.",
    };

    /// <summary>The function's variables are more than Lambda takes.</summary>
    public static FanOutException VariablesTooLarge(string function, int bytes, int most) => new(
        "VariablesInvalid", ErrorCategory.InvalidData, function, $"The variables of the function {function} would have {bytes:N0} bytes together, and Lambda takes {most:N0}.")
    {
        Advice = "Give shorter values with -Environment; $null as a value removes a variable.",
    };

    /// <summary>Lambda may not assume the function's role.</summary>
    /// <param name="function">The function.</param>
    /// <param name="role">The role's ARN.</param>
    /// <param name="cause">Lambda's answer.</param>
    public static FanOutException RoleUnusable(string function, string role, AmazonServiceException cause) => new(
        "RoleUnusable", ErrorCategory.InvalidArgument, role, $"The function {function} cannot run with the role {role}: {Sentence(cause.Message)}", cause)
    {
        Advice = "Look whether the role is there, whether its trust policy lets lambda.amazonaws.com assume it, and what its policies allow: Get-FanOutPolicy shows what is needed. "
            + "With a role's name instead of its ARN, Publish-FanOutFunction makes it.",
        RequestId = cause.RequestId,
        AwsErrorCode = cause.ErrorCode,
    };

    /// <summary>There is no package where the user said.</summary>
    /// <param name="path">Where.</param>
    public static FanOutException PackageNotFound(string path) => new("PackageNotFound", ErrorCategory.ObjectNotFound, path, $"There is no package {path}.")
    {
        Advice = "Give the path of a zip with the program bootstrap.",
    };

    /// <summary>The module does not hold the package that is asked for.</summary>
    /// <param name="file">The package's file name.</param>
    /// <param name="held">The packages that it holds.</param>
    /// <param name="folder">The module's folder.</param>
    public static FanOutException PackageNotHeld(string file, IReadOnlyCollection<string> held, string folder) => new(
        "PackageNotFound", ErrorCategory.ObjectNotFound, file,
        $"The module in {folder} holds no package {file} of the function{(held.Count == 0 ? ", nor any other" : $", only {string.Join(" and ", held)}")}.")
    {
        Advice = "A module from the PowerShell Gallery holds all of them: 'Install-PSResource FanOut', then a new session. In a clone './build.ps1 -Task Publish' makes those "
            + "that this machine can link, and one for the runtime dotnet10 on any machine. Or choose another -Architecture or -Runtime, or give -PackagePath.",
    };

    /// <summary>A function's log is not there.</summary>
    public static FanOutException LogGroupNotFound(string group, string function, string region, string identity, Exception e) => new(
        "LogGroupNotFound", ErrorCategory.ObjectNotFound, group, $"There is no log group {group} in {region} (looked up as {identity}).", e)
    {
        Advice = "The function's role may not make it, so until it is there nothing is logged, and the metrics, which come from the log, are missing. "
            + $"This makes it: Publish-FanOutFunction{Sources.RepairCommand.FunctionOf(function, region)}",
    };

    /// <summary>There is a dashboard of that name that was not made here.</summary>
    public static FanOutException DashboardNotFanOut(string dashboard, string identity) => new(
        "DashboardNotFanOut", ErrorCategory.ResourceExists, dashboard, $"There is a dashboard {dashboard} that Publish-FanOutDashboard has not made (looked up as {identity}).")
    {
        Advice = "-Force replaces it.",
    };

    /// <summary>CloudWatch did not tell all values of a metric.</summary>
    /// <param name="function">The function.</param>
    /// <param name="metric">The metric, as CloudWatch names it.</param>
    /// <param name="status">CloudWatch's reason: InternalError or Forbidden.</param>
    /// <param name="region">The function's region.</param>
    /// <param name="identity">Who asked.</param>
    public static FanOutException MetricsIncomplete(string function, string metric, string status, string region, string identity) => new(
        "MetricsIncomplete", ErrorCategory.InvalidResult, function,
        $"CloudWatch did not tell the metric {OutsideText.Cut(metric, OutsideText.MostOfWord)} of the function {function} in {region} ({status}, asked as {identity}).")
    {
        Advice = "Try again in a while.",
        AwsErrorCode = status,
    };

    /// <summary>A change of the function was refused, on which the others build.</summary>
    public static FanOutException FunctionNotAgreed(string function) => new(
        "FunctionNotPublished", ErrorCategory.OperationStopped, function, $"The function {function} was not published, because a change of it was refused: its targets and sources were left as they are.");

    /// <summary>A function that is published, but failed when it was invoked for a test.</summary>
    public static FanOutException FunctionTestFailed(string function, string region, string problem) => new(
        "FunctionTestFailed", ErrorCategory.InvalidResult, function, $"The function {function} in {region} is published, but does not run: {Sentence(problem)}")
    {
        Advice = $"Its log says more: Get-FanOutLog{Sources.RepairCommand.FunctionOf(function, region)}. -SkipTest leaves the test out.",
    };

    /// <summary>A package that Lambda would take, but that a function could not start.</summary>
    /// <param name="file">The file.</param>
    /// <param name="problem">What is wrong, after the file's name.</param>
    /// <param name="advice">What to do.</param>
    /// <param name="cause">What went wrong when it was read.</param>
    public static FanOutException PackageInvalid(string file, string problem, string advice, Exception? cause = null) => new(
        "PackageInvalid", ErrorCategory.InvalidData, file, $"The package {file} {Sentence(problem)}", cause)
    {
        Advice = advice,
    };

    /// <summary>A table is not ready for the next change.</summary>
    public static FanOutException TableNotActive(string table, string? status, TimeSpan waited) => new(
        "TableNotActive", ErrorCategory.OperationTimeout, table, $"The table {table} is {status ?? "gone"} after {waited.TotalSeconds:0} s, not ACTIVE.")
    {
        Advice = "Run the command again: what is done already is not done again. -WaitTimeout waits longer.",
    };
}
