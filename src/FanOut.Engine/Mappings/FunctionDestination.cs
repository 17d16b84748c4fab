using System.Diagnostics.CodeAnalysis;

namespace FanOut.Engine.Mappings;

/// <summary>A Lambda function: <c>name</c>, <c>name:alias</c>, <c>account:function:name</c>, or an ARN; each with or without a version or alias.</summary>
/// <remarks>See <see href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html"/>, FunctionName.</remarks>
/// <param name="Text">The text as it stands in the table.</param>
/// <param name="FunctionName">What to send as <c>FunctionName</c>: the text without its qualifier.</param>
/// <param name="Name">The function's bare name.</param>
/// <param name="Qualifier">The version or alias, to send as <c>Qualifier</c>; null: the latest.</param>
/// <param name="Account">The account that the text names, or null.</param>
/// <param name="FunctionRegion">The region that the ARN names, or null.</param>
public sealed record FunctionDestination(
    string Text,
    string FunctionName,
    string Name,
    string? Qualifier,
    string? Account,
    string? FunctionRegion) : Destination(Text)
{
    private const int LongestName = 64;
    private const int LongestQualifier = 128;

    /// <inheritdoc/>
    public override string? Region => FunctionRegion;

    /// <summary>Parses a function's name, partial ARN or ARN.</summary>
    /// <inheritdoc cref="Destination.TryParse"/>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out FunctionDestination? destination,
        [NotNullWhen(false)] out string? problem)
    {
        (destination, problem) = (null, null);
        (string prefix, string rest, string? account, string? region) = Split(text);
        string[] parts = rest.Split(':');
        string name = parts[0];
        string? qualifier = parts.Length == 2 ? parts[1] : null;
        if (parts.Length <= 2 && Names.IsName(name, LongestName, "-_") && (qualifier is null || IsQualifier(qualifier)))
        {
            destination = new FunctionDestination(text, prefix + name, name, qualifier, account, region);
            return true;
        }

        problem = "lambda takes a function's name, name:alias, account:function:name, or arn:aws:lambda:region:account:function:name, "
            + $"where a name has up to {LongestName} letters, digits, hyphens and underscores";
        return false;
    }

    /// <summary>Whether it is the fan-out function, in any version or alias.</summary>
    /// <param name="own">The fan-out function, with its account.</param>
    /// <param name="region">The region of a function that is given without one; null: the fan-out function's.</param>
    /// <param name="account">The account of a function that is given without one; null: the fan-out function's.</param>
    public bool Is(OwnFunction own, string? region, string? account)
    {
        ArgumentNullException.ThrowIfNull(own);
        return Name == own.Name
            && (FunctionRegion ?? region ?? own.Region) == own.Region
            && (Account ?? account ?? own.Account) == own.Account;
    }

    /// <summary>What is before the name, and the name with its qualifier; both null if the text is an ARN of something else.</summary>
    private static (string Prefix, string QualifiedName, string? Account, string? Region) Split(string text)
    {
        if (Arn.Looks(text))
        {
            return Arn.TryParse(text, out Arn? arn) && arn is { Service: "lambda", ResourceType: "function", Region: not "", Account: not "" }
                ? (text[..^arn.ResourceName.Length], arn.ResourceName, arn.Account, arn.Region)
                : ("", "", null, null);
        }

        return text.Split(':', 3) is [{ Length: > 0 } account, "function", var rest] && account.All(char.IsAsciiDigit)
            ? (text[..^rest.Length], rest, account, null)
            : ("", text, null, null);
    }

    private static bool IsQualifier(string text) =>
        text is "$LATEST" or "$LATEST.PUBLISHED" || Names.IsName(text, LongestQualifier, "-_");
}
