namespace FanOut.Aws.Http;

/// <summary>A host has no address that may be connected to. Nothing was sent.</summary>
/// <param name="host">The host.</param>
/// <param name="address">An address of it.</param>
/// <param name="why">What that address is.</param>
public sealed class AddressRefusedException(string host, string address, string why)
    : Exception(host == address || host == $"[{address}]" ? $"{host} is not connected to: it is {why}." : $"{host} is not connected to: it has the address {address}, which is {why}.");
