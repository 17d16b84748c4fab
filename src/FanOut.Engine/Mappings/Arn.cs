using System.Diagnostics.CodeAnalysis;

namespace FanOut.Engine.Mappings;

/// <summary>An Amazon Resource Name, taken apart: <c>arn:partition:service:region:account:resource</c>.</summary>
/// <remarks>
/// The one parser of ARNs. Partitions and regions are data: any that is well formed is accepted, so that those still to come work.
/// See <see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html"/>.
/// </remarks>
/// <param name="Partition">The partition's id: <c>aws</c>, <c>aws-cn</c>, <c>aws-eusc</c> …</param>
/// <param name="Service">The service: <c>kinesis</c>, <c>sqs</c> …</param>
/// <param name="Region">The region; empty where the service has none (IAM).</param>
/// <param name="Account">The account; empty where the resource has none (S3).</param>
/// <param name="Resource">All that follows the account: <c>stream/orders</c>, <c>function:name:alias</c>, <c>topic</c>. Never empty.</param>
public sealed record Arn(string Partition, string Service, string Region, string Account, string Resource)
{
    /// <summary>The form, for errors.</summary>
    internal const string Form = "arn:partition:service:region:account:resource";

    /// <summary>The resource's type: what stands before the first <c>/</c> or <c>:</c> of the resource; empty when there is neither.</summary>
    public string ResourceType => Separator is var at and >= 0 ? Resource[..at] : "";

    /// <summary>The resource's name: what follows the first <c>/</c> or <c>:</c> of the resource, or all of it when there is neither.</summary>
    public string ResourceName => Resource[(Separator + 1)..];

    private int Separator => Resource.AsSpan().IndexOfAny('/', ':');

    /// <summary>Whether the text starts like an ARN, valid or not.</summary>
    public static bool Looks([NotNullWhen(true)] string? text) => text is not null && text.StartsWith("arn:", StringComparison.Ordinal);

    /// <summary>Takes an ARN apart.</summary>
    /// <param name="text">The text; no blanks around it.</param>
    /// <param name="arn">The ARN, when the answer is true.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Arn? arn)
    {
        arn = null;
        if (!Looks(text))
        {
            return false;
        }

        // Six parts at most: the resource keeps the colons it has.
        string[] parts = text.Split(':', 6);
        if (parts.Length == 6
            && parts[1].Length > 0 && IsWord(parts[1])
            && parts[2].Length > 0 && IsWord(parts[2])
            && IsWord(parts[3])
            && IsWord(parts[4])
            && IsResource(parts[5]))
        {
            arn = new Arn(parts[1], parts[2], parts[3], parts[4], parts[5]);
        }

        return arn is not null;
    }

    /// <summary>The ARN as it is written.</summary>
    public override string ToString() => $"arn:{Partition}:{Service}:{Region}:{Account}:{Resource}";

    /// <summary>
    /// Whether the text could be a partition, a service, a region or an account. They become parts of host names, so nothing else may pass.
    /// </summary>
    internal static bool IsWord(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '-')
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsResource(string text)
    {
        foreach (char c in text)
        {
            if (char.IsControl(c))
            {
                return false;
            }
        }

        return text.Length > 0;
    }
}
