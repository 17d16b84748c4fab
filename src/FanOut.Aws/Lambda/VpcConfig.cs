namespace FanOut.Aws.Lambda;

/// <summary>The VPC to connect a function to; two empty lists disconnect it.</summary>
public sealed class VpcConfig
{
    /// <summary>Ids of subnets.</summary>
    public List<string>? SubnetIds { get; set; }

    /// <summary>Ids of security groups.</summary>
    public List<string>? SecurityGroupIds { get; set; }
}
