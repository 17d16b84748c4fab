using FanOut.Engine.Mappings;

namespace FanOut.Deployment.Policies;

/// <summary>A partition, region and account of AWS: what makes a resource's name an ARN.</summary>
/// <param name="Partition">The partition's id.</param>
/// <param name="Region">The region.</param>
/// <param name="Account">The account.</param>
internal readonly record struct AwsLocation(string Partition, string Region, string Account)
{
    /// <summary>The location of an ARN's resource.</summary>
    public static AwsLocation Of(Arn arn) => new(arn.Partition, arn.Region, arn.Account);

    /// <summary>
    /// The location of a mapping's destination, unless the destination itself names another: the account of the role that is assumed, the region that
    /// is called.
    /// </summary>
    public AwsLocation Of(Mapping mapping)
    {
        Arn? role = Arn.TryParse(mapping.Role, out Arn? parsed) ? parsed : null;
        return new AwsLocation(role?.Partition ?? Partition, mapping.TargetRegion ?? Region, role?.Account ?? Account);
    }

    /// <summary>The ARN of a resource in this location.</summary>
    public string ArnOf(string service, string resource) => $"arn:{Partition}:{service}:{Region}:{Account}:{resource}";
}
