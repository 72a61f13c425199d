package com.example;

import software.amazon.awscdk.App;

public final class ShopApp {
    public static void main(final String[] args) {
        final App app = new App();
        new ShopStack(app, "Shop", null);
        app.synth();
    }
}
