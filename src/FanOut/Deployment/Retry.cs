using Amazon.Runtime;
using FanOut.Sources;

namespace FanOut.Deployment;

/// <summary>Tries a change again while AWS is not ready for it.</summary>
internal static class Retry
{
    // IAM's changes take effect everywhere within seconds; after a minute something else is wrong.
    private static readonly TimeSpan Propagation = TimeSpan.FromMinutes(1);

    /// <summary>Tries until the change succeeds, fails with another error, or the time is over.</summary>
    /// <param name="change">The change.</param>
    /// <param name="isEarly">Whether an error means that AWS is not ready yet.</param>
    /// <param name="patience">How long to try.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public static async Task<T> WhileAsync<T>(
        Func<CancellationToken, Task<T>> change, Func<AmazonServiceException, bool> isEarly, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await change(cancellationToken).ConfigureAwait(false);
            }
            catch (AmazonServiceException e) when (isEarly(e) && time.GetElapsedTime(started) < patience)
            {
                await Task.Delay(Poll.Pace, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Tries while Lambda does not know yet that a new role can be assumed, or what it is allowed.</summary>
    /// <inheritdoc cref="WhileAsync"/>
    public static Task<T> WhileRoleIsNewAsync<T>(
        Func<CancellationToken, Task<T>> change, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken) =>
        WhileAsync(change, IsRoleNew, patience < Propagation ? patience : Propagation, time, cancellationToken);

    /// <summary>
    /// The same for a role whose policy others may change meanwhile: who read the sources before this one was among them has put a policy without it. So the policy
    /// is brought in step again before each further try.
    /// </summary>
    /// <param name="change">The change.</param>
    /// <param name="keepPolicy">Brings the policy in step; says whether it had to be changed.</param>
    /// <param name="patience">How long to try; zero, if the policy needed no change: then until it turns out that it did.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public static Task<T> WhileRoleIsNewAsync<T>(
        Func<CancellationToken, Task<T>> change, Func<CancellationToken, Task<bool>> keepPolicy, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        bool isNew = patience > TimeSpan.Zero;
        return WhileAsync(
            async c =>
            {
                try
                {
                    return await change(c).ConfigureAwait(false);
                }
                catch (AmazonServiceException e) when (IsRoleNew(e))
                {
                    isNew |= await keepPolicy(c).ConfigureAwait(false);
                    throw;
                }
            },
            e => isNew && IsRoleNew(e),
            patience > TimeSpan.Zero && patience < Propagation ? patience : Propagation,
            time,
            cancellationToken);
    }

    /// <summary>Whether Lambda says that the role cannot be assumed, or is not allowed what it must be.</summary>
    // "The role defined for the function cannot be assumed by Lambda.", "The provided execution role does not have permissions to call …",
    // "Cannot access stream …. Please ensure the role can perform …": Lambda has no error codes of their own for these.
    public static bool IsRoleNew(AmazonServiceException error) => error.ErrorCode is "InvalidParameterValueException"
        && (error.Message.Contains("cannot be assumed", StringComparison.OrdinalIgnoreCase)
            || error.Message.Contains("does not have permissions", StringComparison.OrdinalIgnoreCase)
            || error.Message.Contains("ensure the role can perform", StringComparison.OrdinalIgnoreCase));
}
