namespace FanOut.Engine.Mappings;

/// <summary>Reads destinations that may be given by name or by ARN.</summary>
internal static class NamedResource
{
    /// <summary>The name, and the ARN if the text is one; the name still has to be checked.</summary>
    public static bool TryParse(string text, string service, string resourceType, out string name, out Arn? arn)
    {
        if (!Arn.Looks(text))
        {
            (name, arn) = (text, null);
            return true;
        }

        bool isResource = Arn.TryParse(text, out arn)
            && arn.Service == service
            && arn.ResourceType == resourceType
            && arn.Region.Length > 0
            && arn.Account.Length > 0;
        name = isResource ? arn!.ResourceName : "";
        return isResource;
    }

    /// <summary>Whether the named resource is the source.</summary>
    public static bool Is(Arn source, string service, string resourceType, string name, Arn? arn, string? region, string? account) =>
        arn is not null
            ? arn == source
            : source.Service == service
                && source.ResourceType == resourceType
                && source.ResourceName == name
                && (region ?? source.Region) == source.Region
                && (account ?? source.Account) == source.Account;
}
