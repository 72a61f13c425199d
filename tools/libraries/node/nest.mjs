import 'reflect-metadata';
import { setTimeout } from 'node:timers/promises';
import { Body, Controller, Module, Param, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import serverless from 'serverless-http';
import { asRequest } from './as-request.mjs';

/** A provider of the default scope is one for all requests. */
class Users {
  async answer(user, body) {
    await setTimeout(10 + Math.random() * 20);
    return { user, body };
  }
}
class UsersController {
  constructor() {
    this.users = new Users();
  }

  post(user, body) {
    return this.users.answer(user, body);
  }
}
Controller()(UsersController);
Post(':user')(UsersController.prototype, 'post', Object.getOwnPropertyDescriptor(UsersController.prototype, 'post'));
Param('user')(UsersController.prototype, 'post', 0);
Body()(UsersController.prototype, 'post', 1);
class AppModule {}
Module({ controllers: [UsersController] })(AppModule);

const app = await NestFactory.create(AppModule, { logger: false });
await app.init();
const wrapped = serverless(app.getHttpAdapter().getInstance());

export const handler = (event, context) => wrapped(asRequest(event), context);
