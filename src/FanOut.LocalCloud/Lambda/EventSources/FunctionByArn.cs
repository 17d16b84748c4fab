namespace FanOut.LocalCloud.Lambda.EventSources;

/// <summary>
/// The function of an event source mapping, looked up anew for every batch, because it may have been deleted or replaced by one with the same name.
/// </summary>
internal sealed class FunctionByArn(FunctionRegistry functions, string functionArn) : IFunctionInvoker
{
    private readonly FunctionName _name = FunctionName.Parse(functionArn);

    public Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> eventJson, CancellationToken cancellationToken)
    {
        var view = functions.View(_name, _name.Region!, _name.AccountId!);
        return view.Function.InvokeAsync(view.Invoker, eventJson, cancellationToken);
    }
}
