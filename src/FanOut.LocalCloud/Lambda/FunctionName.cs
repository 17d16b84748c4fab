using System.Text.RegularExpressions;

namespace FanOut.LocalCloud.Lambda;

/// <summary>
/// A function as callers name it: <c>name</c>, <c>name:alias</c>, <c>account:function:name</c> or the whole ARN, each with or without a
/// qualifier.
/// </summary>
/// <param name="Name">The bare name.</param>
/// <param name="Qualifier">The alias or version; null: none.</param>
/// <param name="AccountId">The account; null: the caller's.</param>
/// <param name="Region">The region; null: the caller's.</param>
internal sealed partial record FunctionName(string Name, string? Qualifier, string? AccountId, string? Region)
{
    /// <summary>Reads a name that has been decoded.</summary>
    /// <exception cref="ServiceException">ValidationException: it is not a valid name.</exception>
    public static FunctionName Parse(string text)
    {
        var match = text.Length <= 256 ? Pattern().Match(text) : Match.Empty;
        if (!match.Success)
        {
            throw new ServiceException(
                "ValidationException",
                $"1 validation error detected: Value '{text}' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: {Pattern()}");
        }

        return new(match.Groups["name"].Value, Part("qualifier"), Part("account"), Part("region"));

        string? Part(string group) => match.Groups[group] is { Success: true, Value: var value } ? value : null;
    }

    /// <summary>The same name with the qualifier of the request's query; a request may have one in both places.</summary>
    /// <exception cref="ServiceException">InvalidParameterValueException: both are named and differ.</exception>
    public FunctionName With(string? qualifier) =>
        Qualifier is null || qualifier is null || Qualifier == qualifier
            ? this with { Qualifier = Qualifier ?? qualifier }
            : throw new ServiceException(
                "InvalidParameterValueException", "The derived qualifier from the function name does not match the specified qualifier.");

    [GeneratedRegex(
        @"^((arn:aws[a-z0-9-]*:lambda:(?<region>[a-z0-9-]+):)?(?<account>[0-9]{12}):function:|function:)?(?<name>[A-Za-z0-9_.-]+)(:(?<qualifier>\$LATEST|[A-Za-z0-9_-]+))?$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
