namespace FanOut.Aws.Ec2;

/// <summary>Lets only some resources through.</summary>
/// <param name="Name">What is compared: <c>vpc-id</c>, <c>subnet-id</c> …</param>
/// <param name="Values">The values of which it must have one.</param>
public sealed record NetworkFilter(string Name, IReadOnlyList<string> Values);
