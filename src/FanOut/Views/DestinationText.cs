using System.Management.Automation;
using FanOut.Engine.Mappings;

namespace FanOut.Views;

/// <summary>A destination for a column that may be cut: its name comes first, where it is comes after, and only if that is not where the source is.</summary>
internal static class DestinationText
{
    /// <summary>The text.</summary>
    /// <param name="target">The target.</param>
    public static string Of(PSObject target)
    {
        string text = TableLayout.Read(target, nameof(FanOutTarget.Destination));
        if (Arn.TryParse(text, out Arn? arn))
        {
            return arn.ResourceName + Place(target, arn.Region, arn.Account);
        }

        if (TableLayout.Read(target, nameof(FanOutTarget.Type)) == "sqs" && QueueDestination.TryParse(text, out QueueDestination? queue, out _))
        {
            return queue.Account is null ? $"{queue.Name} at {new Uri(queue.Url).Authority}" : queue.Name + Place(target, queue.Region, queue.Account);
        }

        return text.Split('#') is [var endpoint, { Length: > 0 } name] ? $"{name} at {endpoint[(endpoint.LastIndexOf('/') + 1)..]}" : text;
    }

    private static string Place(PSObject target, string? region, string account)
    {
        Arn? source = Arn.TryParse(TableLayout.Read(target, nameof(FanOutTarget.SourceArn)), out Arn? parsed) ? parsed : null;
        return (string.IsNullOrEmpty(region) || region == source?.Region ? "" : $" in {region}")
            + (account.Length == 0 || account == source?.Account ? "" : $" of {account}");
    }
}
