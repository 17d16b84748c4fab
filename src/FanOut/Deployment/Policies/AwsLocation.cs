using FanOut.Engine.Mappings;

namespace FanOut.Deployment.Policies;

/// <summary>Where a resource lies that is given by its name alone.</summary>
/// <param name="Partition">The partition's id.</param>
/// <param name="Region">The region.</param>
/// <param name="Account">The account.</param>
internal readonly record struct AwsLocation(string Partition, string Region, string Account)
{
    /// <summary>Where an ARN's resource lies.</summary>
    public static AwsLocation Of(Arn arn) => new(arn.Partition, arn.Region, arn.Account);

    /// <summary>Where the destination of a mapping lies as far as it does not say so itself: in the account of the role that is assumed, in the region that is called.</summary>
    public AwsLocation Of(Mapping mapping)
    {
        Arn? role = Arn.TryParse(mapping.Role, out Arn? parsed) ? parsed : null;
        return new AwsLocation(role?.Partition ?? Partition, mapping.TargetRegion ?? Region, role?.Account ?? Account);
    }

    /// <summary>The ARN of a resource that lies here.</summary>
    public string ArnOf(string service, string resource) => $"arn:{Partition}:{service}:{Region}:{Account}:{resource}";
}
