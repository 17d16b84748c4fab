Describe 'Get-FanOutFunction' {
    BeforeAll { . (Join-Path $PSScriptRoot Cloud.ps1) }
    AfterAll { Stop-Cloud }

    It 'shows the function' {
        $function = Get-FanOutFunction

        $function.FunctionName | Should -Be 'fanout'
        $function.FunctionArn | Should -Be 'arn:aws:lambda:us-east-1:123456789012:function:fanout'
    }

    It 'lists all fan-out functions, or those whose names match' {
        $null = $lambda.Add('fanout-prod', [FanOut.LocalCloud.Lambda.RecordingFunction]::new(), [FanOut.LocalCloud.Lambda.LambdaFunctionConfiguration]@{ Environment = $variables })
        $null = $lambda.Add('others', [FanOut.LocalCloud.Lambda.RecordingFunction]::new())

        (Get-FanOutFunction -ErrorAction Ignore).FunctionName | Should -Be 'fanout', 'fanout-prod'
        (Get-FanOutFunction -FunctionName *-PROD -ErrorAction Ignore).FunctionName | Should -Be 'fanout-prod'
        Get-FanOutFunction -FunctionName absent* | Should -BeNullOrEmpty
        $null = $lambda.Remove('fanout-prod')
    }

    It 'names the function that may have been meant' {
        Get-FanOutFunction -FunctionName fanuot -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].ErrorDetails.RecommendedAction | Should -Match "^The nearest is 'fanout'\."
    }

    It 'goes into the next cmdlet' {
        $null = Register-FanOutTarget sqs copy $archive -SourceArn $orders
        (Get-FanOutFunction | Get-FanOutTarget).Id | Should -Be 'copy'
    }

    It 'says that a function does not exist' {
        { Get-FanOutFunction -FunctionName absent -ErrorAction Stop } | Should -Throw -ErrorId 'FunctionNotFound,FanOut.Commands.GetFanOutFunctionCommand'
    }
}
