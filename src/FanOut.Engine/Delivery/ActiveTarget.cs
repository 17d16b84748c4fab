using FanOut.Engine.Targets;

namespace FanOut.Engine.Delivery;

/// <summary>A mapping's target, and what is known of it from one batch to the next.</summary>
/// <param name="Target">The target.</param>
/// <param name="Circuit">Whether it is called at present, or left alone because it is out of reach.</param>
/// <param name="ForgetCredentials">Forgets the credentials of its role; null: it is called as the function itself.</param>
public sealed record ActiveTarget(ITarget Target, Circuit Circuit, Action? ForgetCredentials = null);
