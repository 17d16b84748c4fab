using System.Collections;
using System.Globalization;
using System.Management.Automation;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Parameters;

namespace FanOut.Deployment;

/// <summary>Checks the settings of a function that somebody gives, by parameters or in a file, before anything is called.</summary>
internal static class GivenFunction
{
    /// <summary>What is wanted.</summary>
    /// <param name="given">What was given.</param>
    /// <param name="function">The function.</param>
    /// <param name="table">Its table as it was given; null: it was not.</param>
    /// <exception cref="FanOutException">InvalidParameter.</exception>
    public static PublishSettings Of(IFunctionParameters given, FunctionDestination function, string? table)
    {
        if (function.Qualifier is not null)
        {
            throw FanOutError.InvalidParameter("FunctionName", function.Text, $"'{function.Text}' names an alias or version: give the function's name alone, and -Alias.");
        }

        return new PublishSettings
        {
            Function = function,
            Table = table,
            Role = Checked(nameof(IFunctionParameters.Role), given.Role, static r => Arn.Looks(r) ? Arn.TryParse(r, out Arn? arn) && arn is { Service: "iam", ResourceType: "role" } : PublishRole.IsName(r), $"is not the name or ARN of a role; a name has up to {PublishRole.MostOfName} letters, digits and _+=,.@-, and no path"),
            Subnets = List(given, nameof(IFunctionParameters.Subnet), given.Subnet, "subnet-"),
            SecurityGroups = List(given, nameof(IFunctionParameters.SecurityGroup), given.SecurityGroup, "sg-"),
            Memory = InRange(nameof(IFunctionParameters.MemorySize), given.MemorySize, 128, 10_240),
            Timeout = given.Timeout is { } timeout ? TimeSpan.FromSeconds(InRange(nameof(IFunctionParameters.Timeout), (int)timeout.TotalSeconds, 1, 900)!.Value) : null,
            Architecture = given.Architecture is { Length: > 0 } architecture ? architecture.ToLowerInvariant() : null,
            Runtime = Checked(nameof(IFunctionParameters.Runtime), given.Runtime is { Length: > 0 } runtime ? runtime : null, static r => FunctionRuntime.IsProvided(r) || FunctionRuntime.IsPortable(r), $"does not run fan-out functions: {PublishSettings.DefaultRuntime} and {PublishSettings.PortableRuntime} do"),
            Environment = Variables(given.Environment),
            Tags = given.Tag is null ? null : CheckTags.Checked(Texts(given.Tag).ToDictionary(static t => t.Key, static t => t.Value ?? "")),
            KmsKeyArn = Checked(nameof(IFunctionParameters.KmsKeyArn), given.KmsKeyArn, static k => k.Length == 0 || (Arn.TryParse(k, out Arn? arn) && arn.Service == "kms"), "is not the ARN of a key"),
            ResourceKeys = given.ResourceKmsKeyArn is { } keys ? [.. keys.SelectMany(static k => k.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Select(static k =>
                Checked(nameof(IFunctionParameters.ResourceKmsKeyArn), k, static t => Arn.TryParse(t, out Arn? arn) && arn is { Service: "kms", Account: not "", ResourceType: "key" }, "is not the ARN of a key, arn:aws:kms:region:account:key/id. An alias is not one")!)] : null,
            LogRetentionDays = given.LogRetentionDays,
            Metrics = given.Metrics is { Length: > 0 } metrics ? metrics.ToLowerInvariant() : null,
            ReservedConcurrency = InRange(nameof(IFunctionParameters.ReservedConcurrency), given.ReservedConcurrency, -1, int.MaxValue),
        };
    }

    /// <summary>The value, if it is good.</summary>
    /// <exception cref="FanOutException">InvalidParameter.</exception>
    public static string? Checked(string parameter, string? value, Func<string, bool> isGood, string problem) => value is null || isGood(value)
        ? value
        : throw FanOutError.InvalidParameter(parameter, value, $"'{value}' {problem}.");

    // Lambda refuses subnets without security groups, and the other way round, but only after the table and the role were made.
    private static string[]? List(IFunctionParameters given, string parameter, string[]? list, string prefix)
    {
        if (given.Subnet is null != given.SecurityGroup is null || given.Subnet is [] != given.SecurityGroup is [])
        {
            throw FanOutError.InvalidParameter(given.Subnet is null or [] ? nameof(IFunctionParameters.Subnet) : nameof(IFunctionParameters.SecurityGroup), null, "is missing: -Subnet and -SecurityGroup go together.");
        }

        string[]? ids = list is null ? null : [.. list.SelectMany(static g => g.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct()];
        return ids?.FirstOrDefault(i => !i.StartsWith(prefix, StringComparison.Ordinal) || !i.Skip(prefix.Length).All(char.IsAsciiLetterOrDigit)) is { } wrong
            ? throw FanOutError.InvalidParameter(parameter, wrong, $"'{wrong}' is not an id, such as {prefix}0a1b2c3d. Tab completion shows those that there are, with their names.")
            : ids;
    }

    private static Dictionary<string, string?>? Variables(IDictionary? given)
    {
        if (given is null)
        {
            return null;
        }

        Dictionary<string, string?> variables = Texts(given);
        return CheckVariables.FindProblem(variables) is var (variable, problem)
            ? throw FanOutError.InvalidParameter(nameof(IFunctionParameters.Environment), variable, problem)
            : variables;
    }

    private static Dictionary<string, string?> Texts(IDictionary given) => given.Keys.Cast<object>().ToDictionary(
        static k => $"{k}",
        k => (given[k] is PSObject wrapped ? wrapped.BaseObject : given[k]) is { } value ? Convert.ToString(value, CultureInfo.InvariantCulture) : null);

    private static int? InRange(string parameter, int? value, int least, int most) => value is null || (value >= least && value <= most)
        ? value
        : throw FanOutError.InvalidParameter(parameter, value, string.Create(CultureInfo.InvariantCulture, $"is {value}; {least} to {most} are allowed."));
}
